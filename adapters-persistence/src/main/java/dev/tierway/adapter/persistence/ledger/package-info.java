/** The account book as SQL, whoever runs it. */
@NullMarked
package dev.tierway.adapter.persistence.ledger;

import org.jspecify.annotations.NullMarked;
