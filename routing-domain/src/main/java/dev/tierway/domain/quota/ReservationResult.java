package dev.tierway.domain.quota;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reservation came to. */
public sealed interface ReservationResult {
    /**
     * All of it.
     *
     * @param usages after it, in the order of the descriptors
     * @param holds what it took, in the same order
     */
    record Granted(List<Usage> usages, List<Hold> holds) implements ReservationResult {
        /** What is left of each limit, in the same order. */
        public List<Left> left() {
            List<Left> left = new ArrayList<>(holds.size());
            for (int i = 0; i < holds.size(); i++) {
                left.add(Left.of(holds.get(i).descriptor(), usages.get(i)));
            }
            return left;
        }
    }

    /**
     * Nothing of it.
     *
     * @param binding the limit that is the latest to allow it
     * @param retryAfterNanos when that may be; null if waiting won't help
     * @param available how much of the binding limit could be had right now
     */
    record Denied(Descriptor binding, @Nullable Long retryAfterNanos, long available) implements ReservationResult {}
}
