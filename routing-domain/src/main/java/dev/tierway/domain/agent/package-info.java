/** What holds agents back: whether a workflow goes round in circles. Pure functions. */
@NullMarked
package dev.tierway.domain.agent;

import org.jspecify.annotations.NullMarked;
