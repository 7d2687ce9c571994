/** One decision: filter, score, pick, explain. Pure functions. */
@NullMarked
package dev.tierway.domain.routing;

import org.jspecify.annotations.NullMarked;
