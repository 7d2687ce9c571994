/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.application;

import org.jspecify.annotations.NullMarked;
