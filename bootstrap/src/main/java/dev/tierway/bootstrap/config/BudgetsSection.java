package dev.tierway.bootstrap.config;

import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code budgets}. */
final class BudgetsSection {
    static final Key<ZoneId> TIME_ZONE = Key.optional(
                    "time-zone", HoursSection.ZONE, "Where days, weeks (from Monday) and months begin.")
            .or("UTC");
    static final Key<Double> WARN_AT = Key.optional(
                    "warn-at",
                    Quantities.SHARE,
                    "The used share of a limit from which on calls carry a warning; a calendar window is logged once.")
            .or("80%");
    static final Key<List<LimitRule>> RULES = Key.required(
            "rules", new ListShape<>(BudgetSection.SECTION, "a list of budgets", 0), "Who may use how much.");

    static final Section<LimitRules> SECTION = Section.of(
            "budgets",
            "Limits of those who call, in money and other units. Taken before a request is sent, settled after it.",
            List.of(TIME_ZONE, WARN_AT, RULES),
            BudgetsSection::budgets);

    private BudgetsSection() {}

    private static LimitRules budgets(Values v) {
        if (v.value(WARN_AT) == 0) {
            v.error(WARN_AT, "must be more than 0", "write 80%, or 100% to be warned of what is exceeded only");
        }
        Set<String> ids = new HashSet<>();
        for (LimitRule rule : v.get(RULES, List.of())) {
            if (!ids.add(rule.id())) {
                v.error(RULES, "two budgets have the id '" + rule.id() + "'", "usage is kept by id: rename one");
            }
        }
        return new LimitRules(
                v.get(RULES, List.of()), v.value(TIME_ZONE), v.value(WARN_AT) == 0 ? 1 : v.value(WARN_AT));
    }
}
