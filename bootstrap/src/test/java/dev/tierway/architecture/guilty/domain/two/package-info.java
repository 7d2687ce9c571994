/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.domain.two;

import org.jspecify.annotations.NullMarked;
