package dev.tierway.domain.failure;

import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt failed, in the domain's terms.
 *
 * @param scope how far it reaches beyond this replica
 * @param upstreamStatus the vendor's HTTP status; null if there was none
 * @param retryAfterMillis what the vendor asked for; null if it didn't
 * @param usage what was reported or seen; null if nothing is known
 * @param message the vendor's words or ours, redacted, for people
 */
public record Failure(
        FailureClass failureClass,
        Scope scope,
        Processed processed,
        @Nullable Integer upstreamStatus,
        @Nullable Long retryAfterMillis,
        @Nullable TokenUsage usage,
        String message) {
    /** What else is likely to fail the same way. */
    public enum Scope {
        REPLICA,
        /** Refused, DNS, TLS, connect timeout, 401: the provider's other replicas too. */
        PROVIDER
    }

    public static Failure of(FailureClass failureClass, Processed processed, String message) {
        return new Failure(failureClass, Scope.REPLICA, processed, null, null, null, message);
    }
}
