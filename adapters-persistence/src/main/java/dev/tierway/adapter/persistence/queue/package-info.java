/** What waits for a writer, and how that one waits. */
@NullMarked
package dev.tierway.adapter.persistence.queue;

import org.jspecify.annotations.NullMarked;
