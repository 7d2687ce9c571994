package dev.tierway.application.facade;

import dev.tierway.domain.call.Selection;

/**
 * An answer with the decision that led to it.
 *
 * @param selection the winner and why it won, every rejected candidate with its reasons, every attempt made
 */
public record Routed<T>(T response, Selection selection) {}
