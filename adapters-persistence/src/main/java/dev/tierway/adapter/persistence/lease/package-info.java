/** Shares of a limit, leased from the store that several instances share, from which calls are admitted without asking it. */
@NullMarked
package dev.tierway.adapter.persistence.lease;

import org.jspecify.annotations.NullMarked;
