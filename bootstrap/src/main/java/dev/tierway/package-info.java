/** The public API: open a gateway in your program, configure it, call it. */
@NullMarked
package dev.tierway;

import org.jspecify.annotations.NullMarked;
