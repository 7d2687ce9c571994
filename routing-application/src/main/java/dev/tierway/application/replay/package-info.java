/** Decisions recorded so that they can be made again from their records alone. */
@NullMarked
package dev.tierway.application.replay;

import org.jspecify.annotations.NullMarked;
