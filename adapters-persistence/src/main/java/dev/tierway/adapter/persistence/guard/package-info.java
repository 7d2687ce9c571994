/** What happens when a store that several instances share doesn't answer. */
@NullMarked
package dev.tierway.adapter.persistence.guard;

import org.jspecify.annotations.NullMarked;
