package dev.tierway.adapter.providers.openai;

/** How the caller wants the reply. */
enum ReplyShape {
    /** The vendor's own bytes: the caller speaks its dialect. */
    WIRE,
    /** In neutral types. */
    NEUTRAL
}
