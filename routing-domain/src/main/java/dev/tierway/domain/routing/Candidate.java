package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;

/**
 * An eligible candidate with its score.
 *
 * @param declared its place in the declared (in a route: target) order, from 0
 */
public record Candidate(ReplicaView view, Score score, int declared) {}
