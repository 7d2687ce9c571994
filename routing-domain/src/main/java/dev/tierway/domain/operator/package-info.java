/** What operators order while the gateway runs, and what holds for a replica because of it. */
@NullMarked
package dev.tierway.domain.operator;

import org.jspecify.annotations.NullMarked;
