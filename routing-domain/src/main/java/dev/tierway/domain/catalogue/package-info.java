/** What is configured: tiers, models, providers, replicas, routes. Immutable values. */
@NullMarked
package dev.tierway.domain.catalogue;

import org.jspecify.annotations.NullMarked;
