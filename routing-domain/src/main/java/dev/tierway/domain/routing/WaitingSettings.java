package dev.tierway.domain.routing;

import java.time.Duration;

/**
 * What a call does while nobody is eligible.
 *
 * @param parkNanos the longest it waits, once, for somebody to have room; 0: not at all
 * @param lastResortNanos so long after its last attempt somebody sick may be tried in spite of others who are merely busy
 * @param accountLastResortNanos the same for one whose account, credential or configuration is to blame
 */
public record WaitingSettings(long parkNanos, long lastResortNanos, long accountLastResortNanos) {
    public static final WaitingSettings DEFAULTS = new WaitingSettings(
            Duration.ofSeconds(2).toNanos(),
            Duration.ofSeconds(15).toNanos(),
            Duration.ofSeconds(60).toNanos());

    public WaitingSettings {
        if (parkNanos < 0 || lastResortNanos < 0) {
            throw new IllegalArgumentException("waiting: park and last-resort-after must not be negative");
        }
        if (accountLastResortNanos < lastResortNanos) {
            throw new IllegalArgumentException(
                    "waiting: account-last-resort-after must not be less than last-resort-after");
        }
    }
}
