package dev.tierway.application.port.out;

/** What a provider is asked to do. */
public enum Operation {
    CHAT,
    EMBEDDINGS
}
