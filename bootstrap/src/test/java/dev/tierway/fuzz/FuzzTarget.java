package dev.tierway.fuzz;

import java.util.Locale;

/** What is fuzzed. Inputs that once mattered are kept under {@code src/test/resources/fuzz/ID}. */
enum FuzzTarget {
    SSE(SseFuzz.class),
    EVENT_STREAM(EventStreamFuzz.class),
    REPLY(ReplyFuzz.class),
    RETRY_AFTER(RetryAfterFuzz.class),
    REQUEST(RequestFuzz.class),
    CONFIG(ConfigFuzz.class);

    final Class<?> type;

    FuzzTarget(Class<?> type) {
        this.type = type;
    }

    void feed(byte[] input) {
        switch (this) {
            case SSE -> SseFuzz.fuzzerTestOneInput(input);
            case EVENT_STREAM -> EventStreamFuzz.fuzzerTestOneInput(input);
            case REPLY -> ReplyFuzz.fuzzerTestOneInput(input);
            case RETRY_AFTER -> RetryAfterFuzz.fuzzerTestOneInput(input);
            case REQUEST -> RequestFuzz.fuzzerTestOneInput(input);
            case CONFIG -> ConfigFuzz.fuzzerTestOneInput(input);
        }
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
