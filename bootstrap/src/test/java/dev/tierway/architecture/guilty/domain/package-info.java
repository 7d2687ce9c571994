/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.domain;

import org.jspecify.annotations.NullMarked;
