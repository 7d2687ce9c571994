/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.application.one;

import org.jspecify.annotations.NullMarked;
