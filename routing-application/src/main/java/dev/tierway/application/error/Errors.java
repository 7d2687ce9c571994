package dev.tierway.application.error;

import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.explain.CallStatus;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.explain.LimitWords;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller is told of a call that didn't deliver. One place, for Java and HTTP alike. */
public final class Errors {
    /** Beyond that a client had better not wait for money. */
    private static final Duration SOON = Duration.ofSeconds(10);

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
        CallResult result = selection.result();
        if (result == null || result instanceof CallResult.Answer) {
            throw new IllegalArgumentException(result == null ? "a dry run has no result" : "the call delivered");
        }
        String words = DecisionExplainer.summary(selection);
        Told told = new Told(selection, CallStatus.of(result), words);
        return switch (result) {
            case CallResult.Refused(Refusal refusal) -> refused(refusal, told);
            case CallResult.Exhausted(var replica, Failure last) -> exhausted(last, told);
            case CallResult.Broken(var replica, Failure failure, var deadline) ->
                new StreamBrokenException(told.as(true, null), partialText, failure.usage());
            case CallResult.LimitReached(var descriptor, Long retryAt, var available, var asked) -> {
                Duration after = until(retryAt, selection);
                boolean money = descriptor.limit().dimension() == Dimension.MONEY;
                boolean soon = after != null && (!money || after.compareTo(SOON) <= 0);
                Details details = told.as(soon, after);
                if (descriptor.ofAgents()) {
                    long allowed = descriptor.limit().burst();
                    yield new LimitExceededException(
                            told.as(soon || (after != null && !money), after),
                            ExecutionLimits.name(descriptor.limit()),
                            LimitWords.plain(allowed - available, descriptor.limit()),
                            LimitWords.plain(allowed, descriptor.limit()));
                }
                yield money ? new BudgetExceededException(details) : new QuotaExceededException(details);
            }
            case CallResult.QuotaUnavailable unavailable -> new OverloadedException(told.as(true, null));
            case CallResult.DeadlineExceeded exceeded -> new DeadlineExceededException(told.as(true, null));
            case CallResult.ClientGone gone -> new CallCancelledException(told.as(true, null));
            case CallResult.StoppedBy stopped -> new CallCancelledException(told.as(true, null));
            case CallResult.Halted halted -> new PausedException(told.as(false, null));
            case CallResult.InternalError error -> new AllReplicasExhaustedException(told.as(false, null));
            case CallResult.Denied denied -> new CallDeniedException(told.as(false, null));
            case CallResult.Answer answer -> throw new IllegalStateException("told apart above");
        };
    }

    /** What every exception of a call has in common. */
    private record Told(Selection selection, CallStatus status, String words) {
        Details as(boolean retryable, @Nullable Duration after) {
            String code = Objects.requireNonNull(status.code());
            return new Details(words, status.httpStatus(), code, retryable, after, selection);
        }
    }

    private static TierwayException refused(Refusal refusal, Told told) {
        Refusal.Reason reason = refusal.reason();
        boolean waiting = reason == Refusal.Reason.CAPACITY_EXHAUSTED || reason == Refusal.Reason.NO_HEALTHY_REPLICA;
        if (reason == Refusal.Reason.UNSUPPORTED_PARAMETER) {
            return new InvalidRequestException(told.as(false, null));
        }
        Duration after = until(refusal.retryAtNanos(), told.selection);
        return new NoEligibleReplicaException(
                told.as(waiting, waiting && after == null ? Duration.ofSeconds(1) : after));
    }

    private static TierwayException exhausted(Failure last, Told told) {
        FailureClass kind = last.failureClass();
        if (kind == FailureClass.INVALID_REQUEST
                || kind == FailureClass.CONTEXT_TOO_LONG
                || kind == FailureClass.CONTENT_POLICY) {
            String message = last.message().isEmpty() ? told.words : last.message();
            return new InvalidRequestException(new Told(told.selection, told.status, message).as(false, null));
        }
        Long asked = last.retryAfterMillis();
        Duration after = asked == null ? null : Duration.ofMillis(asked);
        if (kind == FailureClass.RATE_LIMITED && after == null) {
            after = Duration.ofSeconds(1);
        }
        return new AllReplicasExhaustedException(told.as(retryable(kind), after));
    }

    private static boolean retryable(FailureClass kind) {
        return kind != FailureClass.INTERNAL && kind != FailureClass.ENDPOINT_NOT_OFFERED;
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
