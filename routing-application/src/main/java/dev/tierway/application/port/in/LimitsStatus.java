package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What those who call have left of their limits.
 *
 * @param limits the one nearest to its end first, those nobody knows of last
 * @param leftOut how many more there are: names that were heard longer ago
 * @param warnAt the used share from which on a limit is in state {@code warning}
 * @param problem why nobody knows what is used; null: it is known
 */
public record LimitsStatus(
        List<LimitStatus> limits,
        int leftOut,
        double warnAt,
        @Nullable String problem) {
    public LimitsStatus {
        limits = List.copyOf(limits);
    }
}
