package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the books of one call's attempts: quota reserved, settled or refunded, and one ledger row each. */
final class AttemptAccounts {
    private final CallSpec spec;
    private final CallCommand command;
    private final Ports ports;
    private final Listeners listeners;
    private final Set<AttemptId> reserved = new HashSet<>(2);

    AttemptAccounts(CallSpec spec, CallCommand command, Ports ports, Listeners listeners) {
        this.spec = spec;
        this.command = command;
        this.ports = ports;
        this.listeners = listeners;
    }

    CompletionStage<QuotaStore.Result> reserve(Action.Reserve action) {
        reserved.add(action.attempt());
        try {
            return ports.quota().reserve(action.attempt(), action.descriptors(), action.estimate());
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    void settled(Action.Settle action, AttemptRelay attempt) {
        TokenUsage usage = action.usage();
        NanoUsd cost = action.cost();
        if (reserved.contains(action.attempt())) {
            Amounts amounts = usage == null ? Amounts.NONE : Amounts.of(usage, cost == null ? NanoUsd.ZERO : cost);
            watch(() -> usage == null
                    ? ports.quota().settleUnknown(action.attempt(), amounts)
                    : ports.quota().settle(action.attempt(), amounts));
        }
        row(action.attempt(), attempt, usage, cost);
    }

    void refunded(Action.Refund action, AttemptRelay attempt) {
        if (reserved.contains(action.attempt())) {
            watch(() -> ports.quota().refund(action.attempt(), action.extent()));
        }
        if (attempt.sentNanos() != null || attempt.failure() != null) {
            row(action.attempt(), attempt, TokenUsage.estimated(0, 0), NanoUsd.ZERO);
        }
    }

    /** The call is over for its caller: what it held as a call is given back, and its decision is remembered. */
    void finished(Selection selection) {
        if (!reserved.isEmpty()) {
            watch(() -> ports.quota().finish(callId()));
        }
        listeners.guard(callId(), () -> ports.decisions().append(selection));
        listeners.finished(selection);
    }

    private String callId() {
        return spec.identity().callId();
    }

    private void watch(Supplier<CompletionStage<?>> request) {
        listeners.guard(
                callId(),
                () -> request.get().whenComplete((done, error) -> {
                    if (error != null) {
                        listeners.internalError(callId(), error);
                    }
                }));
    }

    private void row(AttemptId id, AttemptRelay attempt, @Nullable TokenUsage usage, @Nullable NanoUsd cost) {
        Long sent = attempt.sentNanos();
        long took = sent == null ? 0 : ports.clock().nanos() - sent;
        Failure failure = attempt.failure();
        FailureClass failureClass = failure == null ? null : failure.failureClass();
        LedgerRow row = new LedgerRow(
                id,
                command.requestId(),
                attempt.replica().id(),
                attempt.replica().provider(),
                attempt.replica().model(),
                ports.wallClock().epochMillis(),
                took,
                usage,
                cost,
                failureClass,
                command.key(),
                command.options().agent(),
                command.options().workflow());
        listeners.guard(callId(), () -> ports.ledger().append(row));
        listeners.attemptEnded(row);
    }
}
