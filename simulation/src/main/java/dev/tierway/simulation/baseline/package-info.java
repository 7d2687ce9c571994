/** How others route, written as they document it: each with its own retries and cooldowns. None may read the truth. */
@NullMarked
package dev.tierway.simulation.baseline;

import org.jspecify.annotations.NullMarked;
