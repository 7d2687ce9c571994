/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.application.two;

import org.jspecify.annotations.NullMarked;
