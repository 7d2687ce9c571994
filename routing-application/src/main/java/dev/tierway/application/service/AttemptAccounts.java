package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import java.util.HashSet;
import java.util.List;
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
    private final AttemptRows rows;
    private final Set<AttemptId> reserved = new HashSet<>(2);
    private @Nullable CompletionStage<?> ending;

    AttemptAccounts(CallSpec spec, CallCommand command, Ports ports, Listeners listeners, ReplicaRegistry registry) {
        this.spec = spec;
        this.command = command;
        this.ports = ports;
        this.listeners = listeners;
        this.rows = new AttemptRows(spec, command, registry, ports, listeners);
    }

    /** After what the call's earlier attempt held has been given back: stores may answer out of order. */
    CompletionStage<QuotaStore.Result> reserve(Action.Reserve action) {
        reserved.add(action.attempt());
        Reservation reservation = new Reservation(action.descriptors(), action.estimate(), memo(action));
        CompletionStage<?> before = ending;
        return before == null
                ? ask(reservation)
                : before.handle((done, error) -> done).thenCompose(done -> ask(reservation));
    }

    private CompletionStage<QuotaStore.Result> ask(Reservation reservation) {
        try {
            return ports.quota().reserve(reservation);
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private AttemptMemo memo(Action.Reserve action) {
        Replica replica = action.replica();
        CallOptions options = command.options();
        return new AttemptMemo(
                action.attempt(),
                command.requestId(),
                replica.id(),
                replica.provider(),
                replica.model(),
                ports.wallClock().epochMillis(),
                command.key(),
                options.agent(),
                options.workflow(),
                options.user(),
                options.tags(),
                replica.priceVersion());
    }

    /** A vendor's answer told what is left of its limits. */
    void told(AttemptId attempt, List<VendorObservation> seen) {
        watch(() -> ports.quota().observe(reserved.contains(attempt) ? attempt : null, seen));
    }

    void settled(Action.Settle action, AttemptRelay attempt) {
        TokenUsage usage = action.usage();
        NanoUsd cost = action.cost();
        if (reserved.contains(action.attempt())) {
            Amounts amounts = usage == null ? Amounts.NONE : Amounts.of(usage, action.counted());
            ending = watch(() -> usage == null
                    ? ports.quota().settleUnknown(action.attempt(), amounts)
                    : ports.quota().settle(action.attempt(), amounts));
        }
        rows.write(action.attempt(), attempt, usage, cost);
    }

    void refunded(Action.Refund action, AttemptRelay attempt) {
        if (reserved.contains(action.attempt())) {
            ending = watch(() -> ports.quota().refund(action.attempt(), action.extent()));
        }
        if (attempt.sentNanos() != null || attempt.failure() != null) {
            rows.write(action.attempt(), attempt, TokenUsage.estimated(0, 0), NanoUsd.ZERO);
        }
    }

    /** That attempt's answer is the caller's. */
    void committed(AttemptId attempt) {
        rows.committed(attempt);
    }

    /** The call is over: attempts that still have to end are written accordingly. */
    void over(@Nullable CallResult result) {
        rows.finished(result);
    }

    /** What it held as a call is given back. */
    void release() {
        if (!reserved.isEmpty()) {
            watch(() -> ports.quota().finish(callId()));
        }
    }

    /** Its caller has been told: its decision is remembered. */
    void remember(Selection selection) {
        listeners.guard(callId(), () -> ports.decisions().append(selection));
        listeners.finished(selection);
    }

    private String callId() {
        return spec.identity().callId();
    }

    /** Null if it threw at once: there is nothing to wait for. */
    private @Nullable CompletionStage<?> watch(Supplier<CompletionStage<?>> request) {
        try {
            return request.get().whenComplete((done, error) -> {
                if (error != null) {
                    listeners.internalError(callId(), error);
                }
            });
        } catch (RuntimeException broken) {
            listeners.internalError(callId(), broken);
            return null;
        }
    }
}
