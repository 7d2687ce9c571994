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
        @Nullable Duration ramp,
        @Nullable Double rampStart,
        @Nullable Duration forget,
        @Nullable Double jitter) {
    public static final CircuitConfig NONE = new CircuitConfig(null, null, null, null, null, null, null, null);

    /** What says nothing of the ramp's start, memory and jitter. */
    public CircuitConfig(
            @Nullable Integer failures,
            @Nullable Double successRate,
            @Nullable Duration window,
            @Nullable Integer minimum,
            @Nullable Duration open,
            @Nullable Duration maxOpen,
            @Nullable Integer probesToClose,
            @Nullable Duration ramp) {
        this(failures, successRate, window, minimum, open, maxOpen, probesToClose, ramp, null, null, null);
    }

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
                ramp == null ? base.ramp() : ramp,
                rampStart == null ? base.rampStart() : rampStart,
                forget == null ? base.forget() : forget,
                jitter == null ? base.jitter() : jitter);
    }
}
