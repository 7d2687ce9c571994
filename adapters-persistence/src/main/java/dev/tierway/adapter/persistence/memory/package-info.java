/** State that lives as long as the process. */
@NullMarked
package dev.tierway.adapter.persistence.memory;

import org.jspecify.annotations.NullMarked;
