package dev.tierway.application.limits;

import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.time.ZoneId;

/** How much more price weighs while a budget is spent faster than its window goes by. */
final class Pace {
    private static final double STEEPNESS = 4;
    private static final double MOST = 5;

    private Pace() {}

    /**
     * 1 on plan or behind it; 1 + 4·(spent − elapsed)/(1 − elapsed) ahead of it, at most 5. At the end of the window the same
     * lead weighs more, because there is less time to make up for it.
     *
     * @param spent share of the budget in use
     */
    static double costWeight(Limit limit, double spent, long epochMillis, ZoneId zone) {
        Period period = Period.of(limit);
        if (period == null || period == Period.TOTAL) {
            return 1;
        }
        double start = period.startMillis(epochMillis, zone);
        double end = period.endMillis(epochMillis, zone);
        double elapsed = (epochMillis - start) / (end - start);
        double ahead = spent - elapsed;
        return ahead <= 0 ? 1 : Math.min(MOST, 1 + STEEPNESS * ahead / (1 - elapsed));
    }
}
