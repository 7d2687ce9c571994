package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.explain.DecisionDocument;

/**
 * A decision and its place in the order of all.
 *
 * @param number larger is newer
 */
public record NumberedDecision(long number, DecisionDocument document) {}
