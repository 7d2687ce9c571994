/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.domain.one;

import org.jspecify.annotations.NullMarked;
