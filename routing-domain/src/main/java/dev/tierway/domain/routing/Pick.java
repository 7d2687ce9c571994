package dev.tierway.domain.routing;

/** Who was picked, why, and how likely that was. */
record Pick(Candidate candidate, Choice.Because because, double propensity) {}
