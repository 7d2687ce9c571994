package dev.tierway.domain.routing;

import org.jspecify.annotations.Nullable;

/**
 * Why a call can't be served by anybody, as its caller is told.
 *
 * @param retryAtNanos when it may work, on the monotonic clock; null if unknown
 */
public record Refusal(Reason reason, @Nullable Long retryAtNanos) {
    /** The reason, with the status and code a caller sees. */
    public enum Reason {
        CAPACITY_EXHAUSTED(429, "capacity_exhausted"),
        NO_HEALTHY_REPLICA(503, "no_healthy_replica"),
        BUDGET_EXCEEDED(402, "budget_exceeded"),
        COST_UNKNOWN(402, "cost_unknown"),
        POLICY_DENIED(403, "policy_denied"),
        UNSUPPORTED_PARAMETER(400, "unsupported_parameter"),
        CONTEXT_LENGTH_EXCEEDED(400, "context_length_exceeded"),
        NO_CAPABLE_REPLICA(400, "no_capable_replica");

        private final int httpStatus;
        private final String code;

        Reason(int httpStatus, String code) {
            this.httpStatus = httpStatus;
            this.code = code;
        }

        public int httpStatus() {
            return httpStatus;
        }

        public String code() {
            return code;
        }
    }
}
