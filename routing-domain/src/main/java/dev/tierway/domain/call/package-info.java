/** A call as a state machine without I/O. */
@NullMarked
package dev.tierway.domain.call;

import org.jspecify.annotations.NullMarked;
