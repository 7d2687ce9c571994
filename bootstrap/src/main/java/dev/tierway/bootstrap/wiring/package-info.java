/** Guice: the one place that knows every part. */
@NullMarked
package dev.tierway.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
