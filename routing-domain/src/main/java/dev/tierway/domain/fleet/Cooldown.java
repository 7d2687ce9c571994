package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CooldownSettings;
import org.jspecify.annotations.Nullable;

/**
 * The vendor told it to rest.
 *
 * @param untilNanos null: never rested
 * @param streak rests in a row that the vendor gave no time for
 */
public record Cooldown(@Nullable Long untilNanos, int streak) {
    public static final Cooldown NONE = new Cooldown(null, 0);
    private static final long MILLION = 1_000_000;

    public boolean active(long nowNanos) {
        return untilNanos != null && nowNanos < untilNanos;
    }

    /**
     * @param toldMillis what the vendor asked for; null if it didn't
     * @param doubling whether the guess grows with every rest in a row
     */
    Cooldown rest(@Nullable Long toldMillis, boolean doubling, long nowNanos, CooldownSettings settings) {
        if (toldMillis != null) {
            long told = Math.min(settings.mostToldNanos() / MILLION, toldMillis) * MILLION;
            return new Cooldown(nowNanos + told, 0);
        }
        long guess = doubling ? settings.guessNanos(streak) : settings.firstNanos();
        // Answers to calls already in flight when the rest began don't make it longer.
        return active(nowNanos) ? this : new Cooldown(nowNanos + guess, doubling ? streak + 1 : streak);
    }

    /** Another instance was told to rest until then; a longer rest of our own stays. */
    Cooldown atLeastUntil(long nanos) {
        return untilNanos != null && untilNanos >= nanos ? this : new Cooldown(nanos, streak);
    }

    /** Ends a rest whose length was a guess; what the vendor asked for stays. */
    Cooldown cutShort() {
        return streak == 0 ? this : NONE;
    }

    Cooldown worked() {
        return streak == 0 ? this : new Cooldown(untilNanos, 0);
    }
}
