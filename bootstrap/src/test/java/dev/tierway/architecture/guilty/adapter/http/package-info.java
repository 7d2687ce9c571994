/** Breaks rules. */
@NullMarked
package dev.tierway.architecture.guilty.adapter.http;

import org.jspecify.annotations.NullMarked;
