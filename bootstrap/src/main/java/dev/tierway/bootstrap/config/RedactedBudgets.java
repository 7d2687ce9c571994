package dev.tierway.bootstrap.config;

import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.Subject;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code budgets} for people. */
final class RedactedBudgets {
    private RedactedBudgets() {}

    static @Nullable Map<String, Object> of(LimitRules budgets) {
        return budgets.rules().isEmpty()
                ? null
                : new Shown()
                        .put(BudgetsSection.TIME_ZONE, budgets.zone().getId())
                        .put(BudgetsSection.WARN_AT, budgets.warnAt())
                        .put(BudgetsSection.RULES, budgets.rules(), RedactedBudgets::rule)
                        .map();
    }

    private static Map<String, Object> rule(LimitRule rule) {
        Shown shown = new Shown().put(BudgetSection.ID, rule.id()).put(BudgetSection.FOR, subject(rule.subject()));
        List<Limit> rates = new ArrayList<>();
        for (Limit limit : rule.limits()) {
            Period period = Period.of(limit);
            if (period == null) {
                rates.add(limit);
            } else {
                shown.put(
                                BudgetSection.USD,
                                BigDecimal.valueOf(limit.amount(), 9).stripTrailingZeros())
                        .put(BudgetSection.PER, period.id())
                        .put(BudgetSection.RESERVE, BudgetSection.name(rule.reserves()))
                        .put(BudgetSection.PACING, rule.pacing());
            }
        }
        return shown.putAll(RedactedSettings.limits(rates))
                .put(BudgetSection.ENFORCE, rule.enforced())
                .map();
    }

    private static @Nullable Map<String, Object> subject(Subject subject) {
        return switch (subject) {
            case Subject.Everyone everyone -> null;
            case Subject.OfKey(String id) ->
                new Shown().put(BudgetForSection.KEY, each(id)).map();
            case Subject.Named(var word, String name) ->
                new Shown()
                        .put(
                                switch (word) {
                                    case AGENT -> BudgetForSection.AGENT;
                                    case WORKFLOW -> BudgetForSection.WORKFLOW;
                                    case USER -> BudgetForSection.USER;
                                },
                                each(name))
                        .map();
            case Subject.Tagged(String tag, String value) ->
                new Shown().put(BudgetForSection.TAG, tag + "=" + each(value)).map();
        };
    }

    private static String each(@Nullable String name) {
        return name == null ? "*" : name;
    }
}
