/** JSON as plain values, for what is kept and compared: not for the hot path. */
@NullMarked
package dev.tierway.application.json;

import org.jspecify.annotations.NullMarked;
