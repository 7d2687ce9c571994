package dev.tierway.adapter.providers.simulated;

/** How far a reply gets before its fault. */
public enum Stage {
    BEFORE_HEADERS,
    /** After the headers, and for a stream after its role chunk. */
    BEFORE_FIRST_TOKEN,
    /** After half of the tokens, or half of a unary body. */
    MID_STREAM
}
