package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Usage;

/**
 * How much of a limit was used, as it was kept.
 *
 * @param limit as it was when that was used
 */
public record KnownUsage(String owner, Limit limit, Usage usage) {}
