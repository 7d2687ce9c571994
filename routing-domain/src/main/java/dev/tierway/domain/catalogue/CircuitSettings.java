package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * When a circuit opens and how it closes again.
 *
 * @param failures consecutive counted failures that open it
 * @param successRate below this share of successes over {@code window}, with at least {@code minimum} results, it opens
 * @param open how long it stays open at first; doubles to {@code maxOpen}
 * @param probesToClose successful probes that close it
 * @param ramp time over which a closed circuit lets traffic grow from {@code rampStart} to all
 * @param rampStart share of the traffic it lets through at first
 * @param forget once it was closed so long, an opening counts as the first again
 * @param jitter the most, as a share, by which it stays open longer, so that not all half-open at once
 */
public record CircuitSettings(
        int failures,
        double successRate,
        Duration window,
        int minimum,
        Duration open,
        Duration maxOpen,
        int probesToClose,
        Duration ramp,
        double rampStart,
        Duration forget,
        double jitter) {
    public static final CircuitSettings DEFAULTS = new CircuitSettings(
            5,
            0.8,
            Duration.ofSeconds(30),
            5,
            Duration.ofSeconds(5),
            Duration.ofSeconds(300),
            1,
            Duration.ofSeconds(30),
            0.1,
            Duration.ofSeconds(60),
            0.1);

    /** With the standing start of the ramp, memory and jitter. */
    public CircuitSettings(
            int failures,
            double successRate,
            Duration window,
            int minimum,
            Duration open,
            Duration maxOpen,
            int probesToClose,
            Duration ramp) {
        this(
                failures,
                successRate,
                window,
                minimum,
                open,
                maxOpen,
                probesToClose,
                ramp,
                DEFAULTS.rampStart,
                DEFAULTS.forget,
                DEFAULTS.jitter);
    }

    public CircuitSettings {
        if (failures < 1 || minimum < 1 || probesToClose < 1) {
            throw new IllegalArgumentException("circuit: failures, minimum and probes-to-close must be 1 or more");
        }
        if (!(successRate >= 0 && successRate <= 1)) {
            throw new IllegalArgumentException("circuit: success-rate must be between 0 % and 100 %");
        }
        if (window.isZero() || window.isNegative() || open.isZero() || open.isNegative() || ramp.isNegative()) {
            throw new IllegalArgumentException("circuit: window and open must be more than 0, ramp not negative");
        }
        if (!(rampStart > 0 && rampStart <= 1) || !(jitter >= 0 && jitter <= 1) || forget.isNegative()) {
            throw new IllegalArgumentException(
                    "circuit: ramp-start must be more than 0 %, jitter at most 100 %, forget not negative");
        }
        if (maxOpen.compareTo(open) < 0) {
            throw new IllegalArgumentException("circuit: max-open must not be less than open");
        }
    }
}
