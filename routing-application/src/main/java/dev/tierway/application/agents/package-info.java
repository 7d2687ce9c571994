/** What holds agents: orders to pause and stop, loops, limits. */
@NullMarked
package dev.tierway.application.agents;

import org.jspecify.annotations.NullMarked;
