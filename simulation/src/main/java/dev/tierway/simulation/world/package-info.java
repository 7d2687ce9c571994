/** What contenders meet: virtual time, replicas as they truly are, faults, and luck that is the same for all. */
@NullMarked
package dev.tierway.simulation.world;

import org.jspecify.annotations.NullMarked;
