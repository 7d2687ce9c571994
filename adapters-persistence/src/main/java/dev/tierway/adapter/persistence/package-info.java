/** What every way of keeping state shares. */
@NullMarked
package dev.tierway.adapter.persistence;

import org.jspecify.annotations.NullMarked;
