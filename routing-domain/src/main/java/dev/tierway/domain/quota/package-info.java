/** The arithmetic of limits: buckets, windows, debt. Pure functions. */
@NullMarked
package dev.tierway.domain.quota;

import org.jspecify.annotations.NullMarked;
