/** Answers kept in memory. */
@NullMarked
package dev.tierway.adapter.persistence.cache;

import org.jspecify.annotations.NullMarked;
