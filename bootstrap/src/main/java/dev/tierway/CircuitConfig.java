package dev.tierway;

import dev.tierway.domain.catalogue.CircuitSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one level of the configuration says of circuits; null leaves the level above in force. */
public record CircuitConfig(
        @Nullable Integer failures,
        @Nullable Double successRate,
        @Nullable Duration window,
        @Nullable Integer minimum,
        @Nullable Duration open,
        @Nullable Duration maxOpen,
        @Nullable Integer probesToClose,
        @Nullable Duration ramp) {
    public static final CircuitConfig NONE = new CircuitConfig(null, null, null, null, null, null, null, null);

    /**
     * These settings, and the others' where there are none.
     *
     * @throws IllegalArgumentException if the two don't fit together
     */
    public CircuitSettings over(CircuitSettings base) {
        return new CircuitSettings(
                failures == null ? base.failures() : failures,
                successRate == null ? base.successRate() : successRate,
                window == null ? base.window() : window,
                minimum == null ? base.minimum() : minimum,
                open == null ? base.open() : open,
                maxOpen == null ? base.maxOpen() : maxOpen,
                probesToClose == null ? base.probesToClose() : probesToClose,
                ramp == null ? base.ramp() : ramp);
    }
}
