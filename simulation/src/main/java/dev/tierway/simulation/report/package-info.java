/** Runs trials, sums them up with their uncertainty, judges them against the goals, and writes that down. */
@NullMarked
package dev.tierway.simulation.report;

import org.jspecify.annotations.NullMarked;
