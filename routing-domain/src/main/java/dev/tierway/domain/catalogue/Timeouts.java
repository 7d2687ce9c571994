package dev.tierway.domain.catalogue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a call.
 *
 * @param connect until the connection stands
 * @param firstToken until the first semantic token, plus {@code firstTokenPer1kInput} for every 1,000 input tokens
 * @param idle between two events of a stream, counted only while we read
 * @param spill after this no new attempt starts
 * @param total the whole call
 * @param unary a unary reply may take {@code firstToken} and this, or {@code unaryPatience} times what it is expected to,
 *     whichever is more
 */
public record Timeouts(
        Duration connect,
        Duration firstToken,
        Duration firstTokenPer1kInput,
        Duration idle,
        Duration spill,
        Duration total,
        Duration unary,
        double unaryPatience) {
    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofSeconds(180),
            Duration.ofSeconds(600),
            Duration.ofSeconds(60),
            3);

    public Timeouts {
        requirePositive("connect", connect);
        requirePositive("first-token", firstToken);
        requirePositive("idle", idle);
        requirePositive("spill", spill);
        requirePositive("total", total);
        requirePositive("unary", unary);
        if (!(unaryPatience >= 1)) {
            throw new IllegalArgumentException("timeout unary-patience must be 1 or more, not " + unaryPatience);
        }
        if (firstTokenPer1kInput.isNegative()) {
            throw new IllegalArgumentException("timeout first-token-per-1k-input must not be negative");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("timeout " + name + " must be more than 0, not " + value);
        }
    }

    /** Nanoseconds allowed until the first token of a request of that size. */
    public long firstTokenNanos(long inputTokens) {
        return firstToken.toNanos() + firstTokenPer1kInput.toNanos() * inputTokens / 1000;
    }

    /** What one level of the configuration says; null leaves the level above in force. */
    public record Override(
            @Nullable Duration connect,
            @Nullable Duration firstToken,
            @Nullable Duration firstTokenPer1kInput,
            @Nullable Duration idle,
            @Nullable Duration spill,
            @Nullable Duration total,
            @Nullable Duration unary,
            @Nullable Double unaryPatience) {
        public static final Override NONE = new Override(null, null, null, null, null, null, null, null);

        /** What says nothing of unary replies. */
        public Override(
                @Nullable Duration connect,
                @Nullable Duration firstToken,
                @Nullable Duration firstTokenPer1kInput,
                @Nullable Duration idle,
                @Nullable Duration spill,
                @Nullable Duration total) {
            this(connect, firstToken, firstTokenPer1kInput, idle, spill, total, null, null);
        }

        public Timeouts over(Timeouts base) {
            return new Timeouts(
                    connect == null ? base.connect : connect,
                    firstToken == null ? base.firstToken : firstToken,
                    firstTokenPer1kInput == null ? base.firstTokenPer1kInput : firstTokenPer1kInput,
                    idle == null ? base.idle : idle,
                    spill == null ? base.spill : spill,
                    total == null ? base.total : total,
                    unary == null ? base.unary : unary,
                    unaryPatience == null ? base.unaryPatience : unaryPatience);
        }
    }
}
