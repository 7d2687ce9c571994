package dev.tierway.application.chat;

/** Why an answer ended. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER,
    /** A reason the dialect has and we don't know. */
    OTHER
}
