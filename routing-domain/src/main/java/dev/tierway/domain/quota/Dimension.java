package dev.tierway.domain.quota;

import java.util.Locale;

/** What a limit counts. */
public enum Dimension {
    REQUESTS,
    /** Input and output tokens together. */
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    /** Calls in flight: held and given back, not spent. */
    CONCURRENCY,
    /** Money, in nano-dollars. */
    MONEY;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String id() {
        return id;
    }
}
