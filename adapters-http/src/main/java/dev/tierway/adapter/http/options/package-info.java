/** The per-call options, as the body's {@code tierway} object and as headers. */
@NullMarked
package dev.tierway.adapter.http.options;

import org.jspecify.annotations.NullMarked;
