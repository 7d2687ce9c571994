package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * When a circuit opens and how it closes again.
 *
 * @param failures consecutive counted failures that open it
 * @param successRate below this share of successes over {@code window}, with at least {@code minimum} results, it opens
 * @param open how long it stays open at first; doubles to {@code maxOpen}
 * @param probesToClose successful probes that close it
 * @param ramp time over which a closed circuit lets traffic grow from 10 % to all
 */
public record CircuitSettings(
        int failures,
        double successRate,
        Duration window,
        int minimum,
        Duration open,
        Duration maxOpen,
        int probesToClose,
        Duration ramp) {
    public static final CircuitSettings DEFAULTS = new CircuitSettings(
            5,
            0.8,
            Duration.ofSeconds(30),
            5,
            Duration.ofSeconds(5),
            Duration.ofSeconds(300),
            1,
            Duration.ofSeconds(30));

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
        if (maxOpen.compareTo(open) < 0) {
            throw new IllegalArgumentException("circuit: max-open must not be less than open");
        }
    }
}
