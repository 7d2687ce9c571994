/** Measurements. Not shipped, and never part of a test. */
@NullMarked
package dev.tierway.benchmarks;

import org.jspecify.annotations.NullMarked;
