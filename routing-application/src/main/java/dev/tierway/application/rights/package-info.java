/** What a caller's key makes of a call. */
@NullMarked
package dev.tierway.application.rights;

import org.jspecify.annotations.NullMarked;
