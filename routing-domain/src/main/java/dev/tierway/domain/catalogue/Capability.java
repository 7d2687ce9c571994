package dev.tierway.domain.catalogue;

import java.util.Locale;

/** Something a request may need and a model may have. Streaming is assumed unless a model denies it. */
public enum Capability {
    TOOLS,
    JSON,
    VISION,
    IMAGE_URL,
    AUDIO,
    REASONING,
    EMBEDDINGS,
    STREAMING;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String id() {
        return id;
    }

    /** @throws IllegalArgumentException naming the known capabilities, if there is no such one */
    public static Capability parse(String text) {
        for (Capability capability : values()) {
            if (capability.id.equals(text)) {
                return capability;
            }
        }
        throw new IllegalArgumentException("unknown capability '" + text
                + "'; capabilities are tools, json, vision, image-url, audio, reasoning, embeddings, streaming");
    }
}
