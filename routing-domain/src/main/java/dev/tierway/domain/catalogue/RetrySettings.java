package dev.tierway.domain.catalogue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much retrying a replica's provider may be burdened with, and whether a replica may be asked again at once.
 *
 * @param budgetShare attempts charged to the provider's retry budget per first attempt of the budget's window
 * @param budgetMinimum charged attempts always allowed in a window
 * @param repeat whether a call may come back once to a replica that was rate limited or overloaded, if there is nobody
 *     else
 * @param maxRest longest rest for which such a call is parked; a longer one ends it
 */
public record RetrySettings(double budgetShare, int budgetMinimum, boolean repeat, Duration maxRest) {
    public static final RetrySettings DEFAULTS = new RetrySettings(0.20, 3, true, Duration.ofSeconds(1));

    public RetrySettings {
        if (!(budgetShare >= 0 && budgetShare <= 10) || budgetMinimum < 0) {
            throw new IllegalArgumentException("retry: budget must be 0 % to 1000 %, minimum 0 or more");
        }
        if (maxRest.isNegative()) {
            throw new IllegalArgumentException("retry: max-rest must not be negative");
        }
    }

    /** What one level of the configuration says; null leaves the level above in force. */
    public record Override(
            @Nullable Double budgetShare,
            @Nullable Integer budgetMinimum,
            @Nullable Boolean repeat,
            @Nullable Duration maxRest) {
        public static final Override NONE = new Override(null, null, null, null);

        public RetrySettings over(RetrySettings base) {
            return new RetrySettings(
                    budgetShare == null ? base.budgetShare : budgetShare,
                    budgetMinimum == null ? base.budgetMinimum : budgetMinimum,
                    repeat == null ? base.repeat : repeat,
                    maxRest == null ? base.maxRest : maxRest);
        }
    }
}
