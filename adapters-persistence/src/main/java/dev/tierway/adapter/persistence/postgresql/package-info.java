/** The shared store: several gateways on one PostgreSQL. */
@NullMarked
package dev.tierway.adapter.persistence.postgresql;

import org.jspecify.annotations.NullMarked;
