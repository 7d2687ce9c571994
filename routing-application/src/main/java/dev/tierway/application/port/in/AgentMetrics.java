package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of an agent came to, by the account book.
 *
 * @param agent null: all calls of the gateway
 * @param since the last reset (RFC 3339); null: there was none
 * @param calls which are its steps, too
 * @param attempts of these calls
 * @param failed attempts that failed
 * @param costUsd the sum of what is known
 * @param unpriced attempts whose cost is unknown
 * @param tokens input and output
 * @param uncounted attempts whose tokens are unknown
 * @param elapsedMillis from the begin of the first attempt to the end of the last; null if there was none
 * @param remaining its limits as an execution without a workflow; of all, those of all agents
 */
public record AgentMetrics(
        @Nullable String agent,
        @Nullable String since,
        long calls,
        long attempts,
        long failed,
        String costUsd,
        long unpriced,
        long tokens,
        long input,
        long output,
        long uncounted,
        @Nullable Long elapsedMillis,
        List<AgentLimitStatus> remaining) {
    public AgentMetrics {
        remaining = List.copyOf(remaining);
    }

    /** Calls. */
    public long steps() {
        return calls;
    }
}
