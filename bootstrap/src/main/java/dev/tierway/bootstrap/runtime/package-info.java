/** The processes' own clocks, chance and event loops behind the ports. */
@NullMarked
package dev.tierway.bootstrap.runtime;

import org.jspecify.annotations.NullMarked;
