package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one provider is used now, all its replicas taken together. Null is unknown, never zero.
 *
 * @param calls attempts ever sent
 * @param errors counted failures of them
 * @param errorRate lately, in [0, 1]
 * @param ttftMillis average time to the first token, each replica weighted by its calls
 * @param millisPerToken average after it, weighted likewise
 * @param remainingRequests in the tightest known window
 * @param remainingTokens likewise, input and output together
 * @param remainingConcurrency likewise, calls in flight; else what its replicas' own limits leave, if all have one
 * @param windows everything known of its limits
 * @param lastUsedAgoMillis since its last attempt
 * @param circuit closed | ramping | open | half_open: its credential's; null if it serves nothing
 * @param account what its vendor tells of the account; null if it isn't asked
 */
public record ProviderUsage(
        String provider,
        Status status,
        long calls,
        long errors,
        @Nullable Double errorRate,
        int inFlight,
        @Nullable Double ttftMillis,
        @Nullable Double millisPerToken,
        @Nullable Long remainingRequests,
        @Nullable Long remainingTokens,
        @Nullable Long remainingInputTokens,
        @Nullable Long remainingOutputTokens,
        @Nullable Long remainingConcurrency,
        List<WindowStatus> windows,
        @Nullable Long lastUsedAgoMillis,
        @Nullable String circuit,
        @Nullable Long circuitUntilMillis,
        @Nullable Long coolingDownMillis,
        @Nullable AccountStatus account,
        List<ReplicaStatus> replicas) {}
