/** Calls as OpenTelemetry traces: off, through an embedder's object, or sent to a collector. */
@NullMarked
package dev.tierway.bootstrap.trace;

import org.jspecify.annotations.NullMarked;
