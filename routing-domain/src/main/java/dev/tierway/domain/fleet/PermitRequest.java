package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Replica;

/**
 * What an attempt wants to enter with.
 *
 * @param ignoringHealth pinned, or a last resort: circuits don't refuse
 * @param first the call's first attempt
 * @param charged counts against the retry budgets: its provider's, by the replica's own settings, and the gateway's
 * @param retries rule of the gateway's budget
 */
public record PermitRequest(
        Replica replica, boolean ignoringHealth, boolean first, boolean charged, RetryBudget.Rule retries) {}
