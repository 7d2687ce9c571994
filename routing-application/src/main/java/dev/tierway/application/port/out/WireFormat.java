package dev.tierway.application.port.out;

/** The dialects whose bodies can be forwarded as they are when both ends speak them. */
public enum WireFormat {
    OPENAI_CHAT
}
