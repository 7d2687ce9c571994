package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;

/** An eligible candidate with its score. */
record Candidate(ReplicaView view, Score score, int declared) {}
