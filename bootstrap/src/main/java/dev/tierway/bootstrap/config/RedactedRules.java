package dev.tierway.bootstrap.config;

import dev.tierway.application.rules.Condition;
import dev.tierway.application.rules.Direction;
import dev.tierway.application.rules.NamePattern;
import dev.tierway.application.rules.Narrowing;
import dev.tierway.application.rules.Rule;
import dev.tierway.application.rules.TextPattern;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.routing.Constraints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules for people, under the keys of the file. */
final class RedactedRules {
    private RedactedRules() {}

    static Map<String, Object> rule(Rule rule) {
        Narrowing narrowing = rule.narrowing();
        Shown shown = new Shown().put(RuleSection.ID, rule.id()).put(RuleSection.WHEN, when(rule.when()));
        switch (rule.direction()) {
            case Direction.Stay stay -> {}
            case Direction.Redirect(var to) -> shown.put(RuleSection.TO, to.address());
            case Direction.Experiment experiment -> shown.put(RuleSection.AB_TEST, experiment(experiment));
        }
        return shown.put(
                        RuleSection.REQUIRE,
                        new Shown()
                                .put(RuleSection.REQUIRED_TAGS, narrowing.tags())
                                .put(RuleSection.REQUIRED_CAPABILITIES, narrowing.capabilities(), Capability::id)
                                .put(RuleSection.REQUIRED_REGION, narrowing.region())
                                .map())
                .put(
                        RuleSection.LOCAL,
                        narrowing.local() == Constraints.Local.ALLOWED ? null : lower(narrowing.local()))
                .put(RuleSection.ONLY, narrowing.only())
                .put(RuleSection.EXCLUDE, narrowing.exclude())
                .put(RuleSection.MAX_COST_USD, narrowing.maxCostUsd())
                .put(
                        RuleSection.STRATEGY,
                        narrowing.strategy() == null
                                ? null
                                : narrowing.strategy().id())
                .put(RuleSection.OPTIMIZE, narrowing.optimize() == null ? null : lower(narrowing.optimize()))
                .map();
    }

    private static Map<String, Object> experiment(Direction.Experiment experiment) {
        Shown arms = new Shown();
        for (Direction.Arm arm : experiment.arms()) {
            arms.put(
                    arm.label(),
                    new Shown()
                            .put(AbTestSection.TO, arm.to().address())
                            .put(AbTestSection.WEIGHT, arm.weight())
                            .map());
        }
        return new Shown()
                .put(AbTestSection.STICKY_BY, experiment.stickyBy().id())
                .put(AbTestSection.FALLBACK, experiment.fallback())
                .put(AbTestSection.ARMS, arms.map())
                .map();
    }

    private static Map<String, Object> when(List<Condition> conditions) {
        Map<String, Object> headers = new LinkedHashMap<>();
        Shown shown = new Shown();
        for (Condition condition : conditions) {
            switch (condition) {
                case Condition.Header(String name, var values) -> headers.put(name, texts(values));
                case Condition.Address(var addresses) -> shown.put(WhenSection.MODEL, texts(addresses));
                case Condition.Tier(var tiers) -> shown.put(WhenSection.TIER, tiers, ModelTier::id);
                case Condition.ForUseCase(var useCases) -> shown.put(WhenSection.USE_CASE, useCases, UseCase::name);
                case Condition.Named(var what, var names) -> shown.put(lower(what), texts(names));
                case Condition.Tags(var tags) -> {
                    Map<String, Object> wanted = new LinkedHashMap<>();
                    tags.forEach((tag, value) -> wanted.put(tag, value.text()));
                    shown.put(WhenSection.TAGS, wanted);
                }
                case Condition.Stream(boolean stream) -> shown.put(WhenSection.STREAM, stream);
                case Condition.Needs(var needs) -> shown.put(WhenSection.NEEDS, needs, Capability::id);
                case Condition.InputTokens(Long min, Long max) ->
                    shown.put(
                            WhenSection.INPUT_TOKENS,
                            new Shown()
                                    .put(InputTokensSection.MIN, min)
                                    .put(InputTokensSection.MAX, max)
                                    .map());
                case Condition.Hours hours -> shown.put(WhenSection.HOURS, hours(hours));
                case Condition.Content(var anyOf, var allOf, var matches) ->
                    shown.put(
                            WhenSection.CONTENT,
                            new Shown()
                                    .put(ContentSection.ANY_OF, anyOf)
                                    .put(ContentSection.ALL_OF, allOf)
                                    .put(ContentSection.MATCHES, matches, TextPattern::source)
                                    .map());
            }
        }
        return shown.put(WhenSection.HEADER, headers).map();
    }

    private static Map<String, Object> hours(Condition.Hours hours) {
        return new Shown()
                .put(HoursSection.FROM, hours.from().toString())
                .put(HoursSection.TO, hours.to().toString())
                .put(HoursSection.DAYS, hours.days(), HoursSection::dayName)
                .put(HoursSection.TIME_ZONE, hours.zone().getId())
                .map();
    }

    private static List<String> texts(List<NamePattern> patterns) {
        return patterns.stream().map(NamePattern::text).toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
