/** Calls in virtual time: the production domain, simulated replicas. */
@NullMarked
package dev.tierway.simulation;

import org.jspecify.annotations.NullMarked;
