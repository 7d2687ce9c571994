package dev.tierway.application.limits;

import dev.tierway.domain.quota.Dimension;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Everything of {@code budgets}.
 *
 * @param zone where days, weeks and months begin
 * @param warnAt the used share from which on a limit is spoken of, in (0, 1]
 */
public record LimitRules(List<LimitRule> rules, ZoneId zone, double warnAt) {
    public static final LimitRules NONE = new LimitRules(List.of(), ZoneOffset.UTC, 0.8);

    public LimitRules {
        rules = List.copyOf(rules);
    }

    /** Whether no call can be taken while nobody knows what is left: an enforced rule in money is for all of them. */
    public boolean bindEveryCallToMoney() {
        return rules.stream()
                .anyMatch(rule -> rule.enforced()
                        && rule.subject() instanceof Subject.Everyone
                        && rule.limits().stream().anyMatch(limit -> limit.dimension() == Dimension.MONEY));
    }
}
