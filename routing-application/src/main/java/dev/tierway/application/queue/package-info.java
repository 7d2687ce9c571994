/** How calls wait for a free slot: in turn by caller, weighted by priority, bounded. */
@NullMarked
package dev.tierway.application.queue;

import org.jspecify.annotations.NullMarked;
