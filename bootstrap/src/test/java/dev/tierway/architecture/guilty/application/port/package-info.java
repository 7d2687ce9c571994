/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.application.port;

import org.jspecify.annotations.NullMarked;
