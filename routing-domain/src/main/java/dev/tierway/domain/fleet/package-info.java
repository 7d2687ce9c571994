/** What is known of the running fleet: the registry, health, circuits, permits. The only shared mutable state. */
@NullMarked
package dev.tierway.domain.fleet;

import org.jspecify.annotations.NullMarked;
