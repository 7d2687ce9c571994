package dev.tierway.application.port.out;

import java.util.Locale;

/** The dialects whose bodies can be forwarded as they are when both ends speak them. */
public enum WireFormat {
    OPENAI_CHAT,
    OPENAI_RESPONSES,
    OPENAI_COMPLETIONS,
    OPENAI_EMBEDDINGS,
    ANTHROPIC_MESSAGES;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in decisions and configuration. */
    public String id() {
        return id;
    }
}
