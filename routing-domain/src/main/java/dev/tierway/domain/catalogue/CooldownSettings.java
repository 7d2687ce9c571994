package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * How long somebody rests who was told to.
 *
 * @param firstNanos the first rest that the vendor gave no time for; doubles with every one in a row
 * @param mostGuessedNanos to which it doubles
 * @param mostToldNanos the longest that a vendor's own word is followed
 */
public record CooldownSettings(long firstNanos, long mostGuessedNanos, long mostToldNanos) {
    public static final CooldownSettings DEFAULTS = new CooldownSettings(
            Duration.ofSeconds(1).toNanos(),
            Duration.ofSeconds(60).toNanos(),
            Duration.ofHours(1).toNanos());

    public CooldownSettings {
        if (firstNanos <= 0 || mostToldNanos <= 0) {
            throw new IllegalArgumentException("cooldown: first and longest-told must be more than 0");
        }
        if (mostGuessedNanos < firstNanos) {
            throw new IllegalArgumentException("cooldown: longest must not be less than first");
        }
    }

    /** A guess after so many in a row. */
    public long guessNanos(int streak) {
        long doubled = firstNanos << Math.min(streak, Long.numberOfLeadingZeros(firstNanos) - 1);
        return Math.min(mostGuessedNanos, doubled);
    }
}
