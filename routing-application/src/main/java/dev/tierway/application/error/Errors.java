package dev.tierway.application.error;

import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller is told of a call that didn't deliver. One place, for Java and HTTP alike. */
public final class Errors {
    private static final int CLIENT_CLOSED = 499;

    private Errors() {}

    /**
     * The exception for a finished call.
     *
     * @throws IllegalArgumentException if the call delivered, or was a dry run
     */
    public static TierwayException of(Selection selection) {
        return of(selection, "");
    }

    /** @param partialText what the caller had read of a stream that broke */
    public static TierwayException of(Selection selection, String partialText) {
        String words = DecisionExplainer.summary(selection);
        return switch (selection.result()) {
            case CallResult.Refused(Refusal refusal) ->
                new NoEligibleReplicaException(refused(refusal, selection, words));
            case CallResult.Exhausted(var replica, Failure last) -> exhausted(last, selection, words);
            case CallResult.Broken(var replica, Failure failure) ->
                new StreamBrokenException(
                        new Details(
                                words,
                                failure.failureClass().httpStatus(),
                                failure.failureClass().code(),
                                true,
                                null,
                                selection),
                        partialText,
                        failure.usage());
            case CallResult.LimitReached(var descriptor, Long retryAt) -> {
                Duration after = until(retryAt, selection);
                yield descriptor.limit().dimension() == Dimension.MONEY
                        ? new BudgetExceededException(
                                new Details(words, 402, "budget_exceeded", after != null, after, selection))
                        : new QuotaExceededException(
                                new Details(words, 429, "rate_limit_exceeded", after != null, after, selection));
            }
            case CallResult.QuotaUnavailable(String message) ->
                new OverloadedException(new Details(words, 503, "quota_unavailable", true, null, selection));
            case CallResult.DeadlineExceeded(boolean callers) ->
                new DeadlineExceededException(new Details(
                        words, 504, callers ? "deadline_exceeded" : "upstream_timeout", true, null, selection));
            case CallResult.ClientGone gone ->
                new CallCancelledException(new Details(words, CLIENT_CLOSED, "cancelled", true, null, selection));
            case CallResult.StoppedBy(String by) ->
                new CallCancelledException(new Details(words, 503, "shutting_down", true, null, selection));
            case CallResult.Delivered delivered -> throw new IllegalArgumentException("the call delivered");
            case null -> throw new IllegalArgumentException("a dry run has no result");
        };
    }

    private static Details refused(Refusal refusal, Selection selection, String words) {
        Refusal.Reason reason = refusal.reason();
        boolean waiting = reason == Refusal.Reason.CAPACITY_EXHAUSTED || reason == Refusal.Reason.NO_HEALTHY_REPLICA;
        Duration after = until(refusal.retryAtNanos(), selection);
        return new Details(
                words,
                reason.httpStatus(),
                reason.code(),
                waiting,
                waiting && after == null ? Duration.ofSeconds(1) : after,
                selection);
    }

    private static TierwayException exhausted(Failure last, Selection selection, String words) {
        FailureClass kind = last.failureClass();
        Integer upstream = last.upstreamStatus();
        if (kind == FailureClass.INVALID_REQUEST
                || kind == FailureClass.CONTEXT_TOO_LONG
                || kind == FailureClass.CONTENT_POLICY) {
            int status = kind == FailureClass.INVALID_REQUEST && upstream != null ? upstream : kind.httpStatus();
            String message = last.message().isEmpty() ? words : last.message();
            return new InvalidRequestException(new Details(message, status, kind.code(), false, null, selection));
        }
        Long told = last.retryAfterMillis();
        Duration after = told == null ? null : Duration.ofMillis(told);
        if (kind == FailureClass.RATE_LIMITED && after == null) {
            after = Duration.ofSeconds(1);
        }
        return new AllReplicasExhaustedException(
                new Details(words, kind.httpStatus(), kind.code(), kind != FailureClass.INTERNAL, after, selection));
    }

    /** From the call's end to that time, at least a millisecond; null stays null. */
    private static @Nullable Duration until(@Nullable Long atNanos, Selection selection) {
        if (atNanos == null) {
            return null;
        }
        long end = selection.identity().startNanos();
        for (var round : selection.rounds()) {
            var result = round.result();
            end = Math.max(end, result == null ? round.atNanos() : result.endNanos());
        }
        return Duration.ofNanos(Math.max(1_000_000, atNanos - end));
    }
}
