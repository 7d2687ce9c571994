/** Where simulated calls come from: recorded traces and generated traffic. */
@NullMarked
package dev.tierway.simulation.trace;

import org.jspecify.annotations.NullMarked;
