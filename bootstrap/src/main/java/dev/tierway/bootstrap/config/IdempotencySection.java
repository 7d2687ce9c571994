package dev.tierway.bootstrap.config;

import dev.tierway.IdempotencyConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code idempotency}. */
final class IdempotencySection {
    static final Key<Duration> KEEP = Key.optional(
                    "keep", Quantities.DURATION_ABOVE_ZERO, "How long a reply is given again under its key.")
            .or("24h");
    static final Key<Integer> MAX_BYTES = Key.optional(
                    "max-bytes",
                    Quantities.SIZE,
                    "All replies kept together; beyond it, the least recently used are forgotten.")
            .or("64MiB");
    static final Key<Integer> MAX_REPLY = Key.optional(
                    "max-reply",
                    Quantities.SIZE,
                    "Larger replies aren't kept: sent again, their request is called again.")
            .or("4MiB");

    static final Section<IdempotencyConfig> SECTION = Section.of(
            "idempotency",
            "Replies of calls with an idempotency key. They are kept in memory: a restart forgets them, and each"
                    + " instance has its own.",
            List.of(KEEP, MAX_BYTES, MAX_REPLY),
            v -> new IdempotencyConfig(v.value(KEEP), v.value(MAX_BYTES), v.value(MAX_REPLY)));

    private IdempotencySection() {}

    static Map<String, Object> shown(IdempotencyConfig config) {
        return new Shown()
                .put(KEEP, config.keep())
                .put(MAX_BYTES, (config.maxBytes() >> 10) + "KiB")
                .put(MAX_REPLY, (config.maxReplyBytes() >> 10) + "KiB")
                .map();
    }
}
