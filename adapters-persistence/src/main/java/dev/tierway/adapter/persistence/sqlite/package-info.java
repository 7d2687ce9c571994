/** The embedded store: one file, one writer, groups of writes. */
@NullMarked
package dev.tierway.adapter.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
