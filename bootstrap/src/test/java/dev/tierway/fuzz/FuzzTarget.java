package dev.tierway.fuzz;

import java.util.Locale;
import java.util.function.Consumer;

/** What is fuzzed. Inputs that once mattered are kept under {@code src/test/resources/fuzz/ID}. */
enum FuzzTarget {
    SSE(SseFuzz.class, SseFuzz::fuzzerTestOneInput),
    EVENT_STREAM(EventStreamFuzz.class, EventStreamFuzz::fuzzerTestOneInput),
    REPLY(ReplyFuzz.class, ReplyFuzz::fuzzerTestOneInput),
    RETRY_AFTER(RetryAfterFuzz.class, RetryAfterFuzz::fuzzerTestOneInput),
    REQUEST(RequestFuzz.class, RequestFuzz::fuzzerTestOneInput),
    CONFIG(ConfigFuzz.class, ConfigFuzz::fuzzerTestOneInput);

    final Class<?> type;
    final Consumer<byte[]> target;

    FuzzTarget(Class<?> type, Consumer<byte[]> target) {
        this.type = type;
        this.target = target;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
