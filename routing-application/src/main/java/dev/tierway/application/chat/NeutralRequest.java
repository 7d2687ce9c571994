package dev.tierway.application.chat;

/** What a model is asked, in no vendor's dialect. */
public sealed interface NeutralRequest permits ChatRequest, EmbeddingRequest {}
