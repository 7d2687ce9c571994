/** What Tierway needs from outside. Nouns. */
@NullMarked
package dev.tierway.application.port.out;

import org.jspecify.annotations.NullMarked;
