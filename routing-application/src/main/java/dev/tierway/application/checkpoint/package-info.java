/** Workflows whose steps are kept: nothing is paid for twice, and no agent overwrites another's state unseen. */
@NullMarked
package dev.tierway.application.checkpoint;

import org.jspecify.annotations.NullMarked;
