package dev.tierway.application.checkpoint;

import java.time.Duration;

/**
 * How steps are kept.
 *
 * @param enabled whether at all
 * @param silence how long the writer of a step may say nothing before it is taken for crashed; it says something three times as
 *     often
 */
public record CheckpointSettings(boolean enabled, Duration silence) {
    public static final Duration SILENCE = Duration.ofSeconds(15);
    public static final CheckpointSettings OFF = new CheckpointSettings(false, SILENCE);
    public static final CheckpointSettings ON = new CheckpointSettings(true, SILENCE);

    /** @throws IllegalArgumentException for a silence under a tenth of a second: nobody could keep to it */
    public CheckpointSettings {
        if (silence.toMillis() < 100) {
            throw new IllegalArgumentException("a writer must be allowed to say nothing for at least 100 ms");
        }
    }
}
