/** Words and documents about decisions, written in one place. */
@NullMarked
package dev.tierway.application.explain;

import org.jspecify.annotations.NullMarked;
