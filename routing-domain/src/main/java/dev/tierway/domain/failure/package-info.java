/** What goes wrong, classified once. */
@NullMarked
package dev.tierway.domain.failure;

import org.jspecify.annotations.NullMarked;
