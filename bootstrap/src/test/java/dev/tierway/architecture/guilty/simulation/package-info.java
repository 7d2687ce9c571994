/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.simulation;

import org.jspecify.annotations.NullMarked;
