/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.bootstrap;

import org.jspecify.annotations.NullMarked;
