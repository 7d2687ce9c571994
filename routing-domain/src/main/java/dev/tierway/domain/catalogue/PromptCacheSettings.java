package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * What vendors' prompt caches are expected to hold.
 *
 * @param heldSeconds so long after its last use a prompt's beginning is expected to be held
 * @param leastTokens shorter beginnings are not
 */
public record PromptCacheSettings(long heldSeconds, int leastTokens) {
    /** Residency is remembered in 20 bits of seconds. */
    public static final Duration LONGEST = Duration.ofDays(7);

    public static final PromptCacheSettings DEFAULTS = new PromptCacheSettings(300, 1024);

    public PromptCacheSettings {
        if (heldSeconds < 0 || heldSeconds > LONGEST.toSeconds()) {
            throw new IllegalArgumentException("prompt-cache: held must be from 0s to " + LONGEST.toDays() + "d");
        }
        if (leastTokens < 1) {
            throw new IllegalArgumentException("prompt-cache: least-tokens must be 1 or more");
        }
    }
}
