package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.routing.Refusal;
import org.jspecify.annotations.Nullable;

/** How a call ended, for its caller. */
public sealed interface CallResult {
    /** The name in decisions and metrics. */
    default String status() {
        return switch (this) {
            case Delivered delivered -> "delivered";
            case Answered answered -> "answered";
            case Refused refused -> "refused";
            case Denied denied -> "denied";
            case LimitReached reached -> "limit_reached";
            case QuotaUnavailable unavailable -> "quota_unavailable";
            case Exhausted exhausted -> "exhausted";
            case Broken broken -> "broken";
            case DeadlineExceeded exceeded -> "deadline_exceeded";
            case ClientGone gone -> "client_gone";
            case StoppedBy stopped -> "stopped_by";
            case Halted halted -> "halted";
            case InternalError error -> "internal_error";
        };
    }

    /** The caller got a whole answer. */
    sealed interface Answer extends CallResult {
        TokenUsage usage();

        /** Null if the price is unknown. */
        @Nullable
        NanoUsd cost();
    }

    /** @param cost null if the price is unknown */
    record Delivered(
            AttemptId attempt,
            ReplicaId replica,
            TokenUsage usage,
            @Nullable NanoUsd cost) implements Answer {}

    /**
     * A plugin answered in a model's place. Nobody is paid for it.
     *
     * @param cached whether the answer was given before, to the same request
     * @param usage as the answer tells it, of the one who made it first
     */
    record Answered(String plugin, PluginStage stage, boolean cached, TokenUsage usage) implements Answer {
        @Override
        public NanoUsd cost() {
            return NanoUsd.ZERO;
        }
    }

    /**
     * A plugin won't have it, or broke where the call must not go on without it.
     *
     * @param reason for the caller
     */
    record Denied(String plugin, PluginStage stage, String reason) implements CallResult {}

    /** Nobody was eligible, and nothing had been sent. */
    record Refused(Refusal refusal) implements CallResult {}

    /**
     * A limit of the caller's own denied it.
     *
     * @param available how much of it could be had at that moment
     * @param asked how much the attempt would have taken
     */
    record LimitReached(Descriptor descriptor, @Nullable Long retryAtNanos, long available, long asked)
            implements CallResult {}

    /** The quota store couldn't answer, and may not be done without. */
    record QuotaUnavailable(String message) implements CallResult {}

    /** Every attempt failed; the last one's class decides what the caller sees. */
    record Exhausted(ReplicaId replica, Failure last) implements CallResult {}

    /**
     * The answer broke after it had begun to reach the caller.
     *
     * @param callersDeadline whether it was the caller's own deadline that ended it
     */
    record Broken(ReplicaId replica, Failure failure, boolean callersDeadline) implements CallResult {}

    /** @param callers whether the deadline was the caller's own, else the configured total */
    record DeadlineExceeded(boolean callers) implements CallResult {}

    record ClientGone() implements CallResult {}

    record StoppedBy(String by) implements CallResult {}

    /** An operator stopped the agent, the workflow or everything. */
    record Halted(String why) implements CallResult {}

    /** Something of ours threw: nobody else is to blame. */
    record InternalError(String message) implements CallResult {}
}
