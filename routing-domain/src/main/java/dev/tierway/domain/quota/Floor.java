package dev.tierway.domain.quota;

import java.time.ZoneId;

/**
 * How much of a budget is known to be spent in one calendar window: a store that says less has lost something.
 *
 * @param startMillis when that window began; it counts in no other
 * @param endMillis when the next one begins
 * @param spent charged for good, in nano-dollars
 */
public record Floor(Descriptor descriptor, long startMillis, long endMillis, long spent) {
    public Floor {
        if (Period.of(descriptor.limit()) == null) {
            throw new IllegalArgumentException("only money per calendar window has a floor, not " + descriptor.key());
        }
        if (spent < 0 || startMillis >= endMillis) {
            throw new IllegalArgumentException("a floor needs a window and 0 or more spent: " + descriptor.key());
        }
    }

    /**
     * That much spent in the window around that time.
     *
     * @throws IllegalArgumentException if the limit has no calendar window
     */
    public static Floor of(Descriptor descriptor, long spent, long epochMillis, ZoneId zone) {
        Period period = Period.of(descriptor.limit());
        if (period == null) {
            throw new IllegalArgumentException("only money per calendar window has a floor, not " + descriptor.key());
        }
        return new Floor(descriptor, period.startMillis(epochMillis, zone), period.endMillis(epochMillis, zone), spent);
    }

    /** The one that says more: of the later window, and of the same window the higher. */
    public Floor max(Floor other) {
        if (startMillis != other.startMillis) {
            return startMillis > other.startMillis ? this : other;
        }
        return spent >= other.spent ? this : other;
    }
}
