package dev.tierway.simulation;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.simulation.world.Exchange;
import dev.tierway.simulation.world.FaultKind;

/** Simulated ends of attempts as production's transports would classify them. */
final class Failures {
    private Failures() {}

    /** What the vendor reports of an answer. */
    static TokenUsage usage(Exchange exchange) {
        return new TokenUsage(
                exchange.request().inputTokens(),
                exchange.fate().cachedTokens(),
                0,
                exchange.fate().outputTokens(),
                0,
                TokenUsage.Counted.REPORTED);
    }

    static Failure of(FaultKind fault, Exchange exchange) {
        return switch (fault) {
            case RATE_LIMITED, NO_SLOT, LIMIT_REACHED ->
                failure(FailureClass.RATE_LIMITED, Failure.Scope.REPLICA, Processed.NO, exchange);
            case SERVER_ERROR ->
                failure(FailureClass.UPSTREAM_FAULT, Failure.Scope.REPLICA, Processed.UNKNOWN, exchange);
            case OVERLOADED -> failure(FailureClass.OVERLOADED, Failure.Scope.REPLICA, Processed.NO, exchange);
            case REFUSED -> failure(FailureClass.TRANSPORT, Failure.Scope.PROVIDER, Processed.NO, exchange);
            case CONNECT_TIMEOUT -> failure(FailureClass.TIMEOUT, Failure.Scope.PROVIDER, Processed.NO, exchange);
            case BLACK_HOLE, TOO_SLOW ->
                failure(FailureClass.TIMEOUT, Failure.Scope.REPLICA, Processed.UNKNOWN, exchange);
            case STREAM_BREAK ->
                new Failure(
                        FailureClass.STREAM_BROKEN,
                        Failure.Scope.REPLICA,
                        Processed.YES,
                        fault.status(),
                        null,
                        TokenUsage.estimated(
                                exchange.request().inputTokens(),
                                exchange.fate().outputTokens()),
                        fault.id());
            case ACCOUNT_EXHAUSTED ->
                failure(FailureClass.ACCOUNT_EXHAUSTED, Failure.Scope.PROVIDER, Processed.NO, exchange);
            case REMOVED -> failure(FailureClass.MISCONFIGURED, Failure.Scope.REPLICA, Processed.NO, exchange);
        };
    }

    private static Failure failure(
            FailureClass failureClass, Failure.Scope scope, Processed processed, Exchange exchange) {
        FaultKind fault = exchange.fault();
        long told = exchange.fate().retryAfterMillis();
        return new Failure(
                failureClass,
                scope,
                processed,
                fault == null || fault.status() == 0 ? null : (Integer) fault.status(),
                told < 0 ? null : (Long) told,
                null,
                "simulated");
    }
}
