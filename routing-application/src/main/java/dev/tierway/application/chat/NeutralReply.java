package dev.tierway.application.chat;

/** A whole answer, in no vendor's dialect. */
public sealed interface NeutralReply permits ChatResponse, EmbeddingResponse {}
