package dev.tierway.simulation.world;

import org.jspecify.annotations.Nullable;

/**
 * What a vendor allows one account: requests and tokens per minute. A request takes its tokens, answer included, when it
 * is admitted.
 */
public final class Allowance {
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;

    /**
     * @param requestsPerMinute null: unlimited
     * @param tokensPerMinute null: unlimited
     * @param largestRequest tokens of the largest request, which must fit into the burst
     */
    public Allowance(@Nullable Double requestsPerMinute, @Nullable Double tokensPerMinute, double largestRequest) {
        requests =
                requestsPerMinute == null ? null : new TokenBucket(requestsPerMinute, Math.max(1, requestsPerMinute));
        tokens = tokensPerMinute == null
                ? null
                : new TokenBucket(tokensPerMinute, Math.max(largestRequest, tokensPerMinute));
    }

    /** How long such a request would have to wait; 0 if it may come now. */
    public long waitNanos(long tokenCount, long nowNanos) {
        long byRequests = requests == null ? 0 : requests.waitNanos(1, nowNanos);
        return tokens == null ? byRequests : Math.max(byRequests, tokens.waitNanos(tokenCount, nowNanos));
    }

    void take(long tokenCount) {
        if (requests != null) {
            requests.take(1);
        }
        if (tokens != null) {
            tokens.take(tokenCount);
        }
    }
}
