package dev.tierway.bootstrap.config;

import java.util.Locale;

/** The kinds of providers this version can speak to, with what their configuration needs. */
enum ProviderKind {
    OPENAI(true, false),
    OPENAI_COMPATIBLE(false, true),
    AZURE_OPENAI(false, true),
    BEDROCK(false, false),
    SIMULATED(false, false);

    /** Kinds of the contract that come later. */
    static final String[] LATER = {"anthropic", "gemini", "vertex", "cohere", "ollama"};

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final boolean needsKey;
    private final boolean needsUrl;

    ProviderKind(boolean needsKey, boolean needsUrl) {
        this.needsKey = needsKey;
        this.needsUrl = needsUrl;
    }

    String id() {
        return id;
    }

    boolean needsKey() {
        return needsKey;
    }

    boolean needsUrl() {
        return needsUrl;
    }

    /** Whether it is reached over a network. */
    boolean remote() {
        return this != SIMULATED;
    }
}
