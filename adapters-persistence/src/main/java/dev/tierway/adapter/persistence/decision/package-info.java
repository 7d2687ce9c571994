/** The newest decisions, in memory. */
@NullMarked
package dev.tierway.adapter.persistence.decision;

import org.jspecify.annotations.NullMarked;
