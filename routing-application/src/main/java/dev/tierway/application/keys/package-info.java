/** API keys: made, known, used and taken away. */
@NullMarked
package dev.tierway.application.keys;

import org.jspecify.annotations.NullMarked;
