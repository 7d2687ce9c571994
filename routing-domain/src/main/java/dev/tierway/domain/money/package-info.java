/** Money and token usage as exact numbers. */
@NullMarked
package dev.tierway.domain.money;

import org.jspecify.annotations.NullMarked;
