package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Writes one call's attempts into the account book, each when it has ended. */
final class AttemptRows {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CallSpec spec;
    private final CallCommand command;
    private final ReplicaRegistry registry;
    private final Ports ports;
    private final Listeners listeners;
    private @Nullable AttemptId answering;
    private @Nullable CallResult result;
    private boolean begun;

    AttemptRows(CallSpec spec, CallCommand command, ReplicaRegistry registry, Ports ports, Listeners listeners) {
        this.spec = spec;
        this.command = command;
        this.registry = registry;
        this.ports = ports;
        this.listeners = listeners;
    }

    /** That attempt's answer is the caller's: whichever else runs has lost. */
    void committed(AttemptId attempt) {
        answering = attempt;
    }

    /** The call is over for its caller; attempts may still have to end. */
    void finished(@Nullable CallResult newResult) {
        result = newResult;
    }

    void write(AttemptId id, AttemptRelay attempt, @Nullable TokenUsage usage, @Nullable NanoUsd cost) {
        Replica replica = attempt.replica();
        LedgerRow row = new LedgerRow(
                id,
                !begun,
                served(replica),
                origin(),
                timing(attempt),
                new LedgerRow.Charge(usage, cost, cost == null ? null : replica.priceVersion()),
                outcome(id, attempt),
                failureClass(id, attempt));
        begun = true;
        listeners.guard(id.callId(), () -> ports.ledger().append(row));
        listeners.attemptEnded(row);
    }

    private LedgerRow.Served served(Replica replica) {
        // Gone from the catalogue meanwhile, or served without being listed: then nobody says of what tier it is.
        LogicalModel model = registry.catalogue().model(replica.model());
        return new LedgerRow.Served(
                replica.id(), replica.provider(), replica.model(), model == null ? null : model.tier());
    }

    private LedgerRow.Origin origin() {
        CallOptions options = command.options();
        UseCase useCase = spec.features().ask().useCase();
        return new LedgerRow.Origin(
                command.requestId(),
                useCase == null ? null : useCase.name(),
                command.key(),
                options.agent(),
                options.workflow(),
                options.user(),
                options.session(),
                options.tags());
    }

    private LedgerRow.Timing timing(AttemptRelay attempt) {
        long end = ports.wallClock().epochMillis();
        Long sent = attempt.sentNanos();
        if (sent == null) {
            return new LedgerRow.Timing(end, end, null, null);
        }
        Long committed = command.facts().stream() ? attempt.committedNanos() : null;
        long start = spec.identity().atEpochMillis() + (sent - spec.identity().startNanos()) / NANOS_PER_MILLI;
        return new LedgerRow.Timing(
                start,
                end,
                committed == null ? null : committed - sent,
                ports.clock().nanos() - sent);
    }

    private AttemptOutcome outcome(AttemptId id, AttemptRelay attempt) {
        FailureClass failure = failureClass(id, attempt);
        if (attempt.unwanted() && failure != FailureClass.TIMEOUT) {
            return lost(id) ? AttemptOutcome.ABANDONED : AttemptOutcome.CANCELLED;
        }
        return failure == null
                ? AttemptOutcome.DELIVERED
                : failure == FailureClass.CANCELLED ? AttemptOutcome.CANCELLED : AttemptOutcome.FAILED;
    }

    private boolean lost(AttemptId id) {
        return answering != null && !answering.equals(id);
    }

    /** As its decision has it: what the configured total cut short has timed out, however its transport calls that: before the
     * call has ended nothing else makes an attempt unwanted but losing to another. */
    private @Nullable FailureClass failureClass(AttemptId id, AttemptRelay attempt) {
        Failure failure = attempt.failure();
        if (failure == null) {
            return null;
        }
        boolean outOfTime = !spec.callersDeadline()
                && (result == null
                        || result instanceof CallResult.DeadlineExceeded
                        || result instanceof CallResult.Broken);
        return failure.failureClass() == FailureClass.CANCELLED && attempt.unwanted() && outOfTime && !lost(id)
                ? FailureClass.TIMEOUT
                : failure.failureClass();
    }
}
