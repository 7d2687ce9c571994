/** A project in miniature that breaks every rule once. */
@NullMarked
package dev.tierway.architecture.guilty;

import org.jspecify.annotations.NullMarked;
