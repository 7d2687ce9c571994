package dev.tierway;

import java.time.Duration;

/**
 * How long and how many replies of calls with an idempotency key are kept, in memory.
 *
 * @param keep how long
 * @param maxBytes all of them together; the least recently used are forgotten first
 * @param maxReplyBytes larger ones aren't kept
 */
public record IdempotencyConfig(Duration keep, long maxBytes, long maxReplyBytes) {
    public static final IdempotencyConfig DEFAULTS = new IdempotencyConfig(Duration.ofHours(24), 64L << 20, 4L << 20);
}
