package dev.tierway.application.limits;

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
}
