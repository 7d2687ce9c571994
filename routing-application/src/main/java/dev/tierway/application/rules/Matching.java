package dev.tierway.application.rules;

import dev.tierway.domain.routing.Ask;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether conditions hold of a call. */
final class Matching {
    private Matching() {}

    static boolean holds(Condition condition, RuleCase one) {
        return switch (condition) {
            case Condition.Header(String name, var values) ->
                any(values, one.command().details().header(name));
            case Condition.Address(var addresses) -> address(addresses, one);
            case Condition.Tier(var tiers) -> !one.ask().candidates().isEmpty() && tiers.containsAll(one.tiers());
            case Condition.ForUseCase(var useCases) ->
                one.ask().useCase() != null && useCases.contains(one.ask().useCase());
            case Condition.Named(var what, var names) -> any(names, one.carried(what));
            case Condition.Tags(var wanted) ->
                wanted.entrySet().stream()
                        .allMatch(tag -> tagged(one.command().options().tags(), tag));
            case Condition.Stream(boolean stream) -> one.command().facts().stream() == stream;
            case Condition.Needs(var capabilities) ->
                one.command().facts().needs().containsAll(capabilities);
            case Condition.InputTokens(Long min, Long max) ->
                (min == null || one.tokens().input() >= min)
                        && (max == null || one.tokens().input() <= max);
            case Condition.Hours hours -> within(hours, one.atEpochMillis());
            case Condition.Content content -> holds(content, one.text());
        };
    }

    private static boolean any(List<NamePattern> patterns, @Nullable String name) {
        return name != null && patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private static boolean address(List<NamePattern> addresses, RuleCase one) {
        Ask ask = one.ask();
        return any(addresses, ask.address()) || any(addresses, ask.route());
    }

    private static boolean tagged(Map<String, String> tags, Map.Entry<String, NamePattern> wanted) {
        String value = tags.get(wanted.getKey());
        return value != null && wanted.getValue().matches(value);
    }

    private static boolean within(Condition.Hours hours, long atEpochMillis) {
        ZonedDateTime now = Instant.ofEpochMilli(atEpochMillis).atZone(hours.zone());
        LocalTime time = now.toLocalTime();
        boolean overnight = !hours.from().isBefore(hours.to());
        boolean evening = !time.isBefore(hours.from());
        boolean morning = time.isBefore(hours.to());
        // After midnight it is still the part that began the day before.
        DayOfWeek began = overnight && !evening ? now.getDayOfWeek().minus(1) : now.getDayOfWeek();
        boolean inside = overnight ? evening || morning : evening && morning;
        return inside && (hours.days().isEmpty() || hours.days().contains(began));
    }

    private static boolean holds(Condition.Content content, String text) {
        return (content.anyOf().isEmpty() || content.anyOf().stream().anyMatch(text::contains))
                && content.allOf().stream().allMatch(text::contains)
                && (content.matches().isEmpty()
                        || content.matches().stream().anyMatch(pattern -> pattern.occursIn(text)));
    }
}
