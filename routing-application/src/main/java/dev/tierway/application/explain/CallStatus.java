package dev.tierway.application.explain;

import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sees of how a call ended, whether as an exception or over HTTP.
 *
 * @param code null if it delivered
 */
public record CallStatus(int httpStatus, @Nullable String code) {
    public static CallStatus of(CallResult result) {
        return switch (result) {
            case CallResult.Answer answer -> new CallStatus(200, null);
            case CallResult.Denied denied -> new CallStatus(400, "call_denied");
            case CallResult.Refused(Refusal refusal) ->
                new CallStatus(refusal.reason().httpStatus(), refusal.reason().code());
            case CallResult.Exhausted(var replica, Failure last) -> of(last);
            case CallResult.Broken(var replica, Failure failure, boolean callersDeadline) ->
                callersDeadline
                        ? new CallStatus(504, "deadline_exceeded")
                        : new CallStatus(
                                failure.failureClass().httpStatus(),
                                failure.failureClass().code());
            case CallResult.LimitReached(var descriptor, var retryAt, var available, var asked) ->
                descriptor.ofAgents()
                        ? new CallStatus(402, "limit_exceeded")
                        : descriptor.limit().dimension() == Dimension.MONEY
                                ? new CallStatus(402, "budget_exceeded")
                                : new CallStatus(429, "rate_limit_exceeded");
            case CallResult.QuotaUnavailable unavailable -> new CallStatus(503, "quota_unavailable");
            case CallResult.DeadlineExceeded(boolean callers) ->
                new CallStatus(504, callers ? "deadline_exceeded" : "upstream_timeout");
            case CallResult.ClientGone gone -> new CallStatus(499, "cancelled");
            case CallResult.StoppedBy stopped -> new CallStatus(503, "shutting_down");
            case CallResult.Halted halted -> new CallStatus(403, "paused");
            case CallResult.InternalError error ->
                new CallStatus(FailureClass.INTERNAL.httpStatus(), FailureClass.INTERNAL.code());
        };
    }

    /** A request the vendor found wrong keeps the vendor's own status. */
    private static CallStatus of(Failure last) {
        FailureClass kind = last.failureClass();
        Integer upstream = last.upstreamStatus();
        boolean vendors = kind == FailureClass.INVALID_REQUEST && upstream != null;
        return new CallStatus(vendors && upstream != null ? upstream : kind.httpStatus(), kind.code());
    }
}
