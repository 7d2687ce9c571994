/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.adapter.persistence;

import org.jspecify.annotations.NullMarked;
