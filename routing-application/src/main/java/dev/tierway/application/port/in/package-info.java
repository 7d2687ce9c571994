/** What Tierway can be asked for. Verbs. */
@NullMarked
package dev.tierway.application.port.in;

import org.jspecify.annotations.NullMarked;
