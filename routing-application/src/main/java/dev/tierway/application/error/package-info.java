/** What callers catch. */
@NullMarked
package dev.tierway.application.error;

import org.jspecify.annotations.NullMarked;
