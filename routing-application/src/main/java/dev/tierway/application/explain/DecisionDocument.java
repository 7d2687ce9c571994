package dev.tierway.application.explain;

import java.util.Map;

/**
 * A decision as JSON's values: maps, lists, strings, numbers, booleans and null, in the order of docs/reference/http.md.
 * Adapters write it with whatever JSON library they have.
 */
public record DecisionDocument(Map<String, ?> json) {}
