package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.AccountSettings;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import org.jspecify.annotations.Nullable;

/** Takes and ends permits, and learns from how attempts end. */
final class Admission {
    private final Cell<RetryBudget> gatewayRetries;

    Admission(Cell<RetryBudget> gatewayRetries) {
        this.gatewayRetries = gatewayRetries;
    }

    PermitResult acquire(PermitRequest request, Permit.Cells cells, long nowNanos) {
        Cell<ReplicaState> replicaCell = cells.replica();
        Cell<ProviderState> providerCell = cells.provider();
        Passage provider = enterProvider(request, providerCell, nowNanos);
        if (provider == null) {
            return new PermitResult.Refused();
        }
        Passage entry = enterReplica(request, replicaCell, nowNanos);
        if (entry == null || !chargeGateway(request, nowNanos)) {
            if (entry != null) {
                replicaCell.update(state -> state.left(entry.returned(state.circuit())));
            }
            providerCell.update(state ->
                    state.with(provider.returned(state.circuit())).with(uncounted(state.retries(), request, nowNanos)));
            return new PermitResult.Refused();
        }
        return new PermitResult.Granted(new Permit(request, cells, nowNanos, entry, provider));
    }

    private static @Nullable Passage enterReplica(PermitRequest request, Cell<ReplicaState> cell, long nowNanos) {
        Integer limit = request.replica().concurrency();
        while (true) {
            ReplicaState state = cell.get();
            Passage entry = pass(state.circuit(), request, request.replica().circuit(), nowNanos);
            if (entry == null
                    || (limit != null && state.inFlight() >= limit)
                    || state.cooldown().active(nowNanos)) {
                return null;
            }
            if (cell.replace(state, state.entered(entry.taken(state.circuit())))) {
                return entry;
            }
        }
    }

    private static @Nullable Passage enterProvider(PermitRequest request, Cell<ProviderState> cell, long nowNanos) {
        while (true) {
            ProviderState state = cell.get();
            Passage entry = pass(
                    state.circuit(),
                    request,
                    request.replica().learning().accounts().circuit(),
                    nowNanos);
            RetryBudget.Rule rule = RetryBudget.Rule.of(request.replica());
            boolean overBudget = request.charged() && !state.retries().allows(rule, nowNanos);
            if (entry == null || overBudget || state.cooldown().active(nowNanos)) {
                return null;
            }
            ProviderState next =
                    state.with(entry.taken(state.circuit())).with(counted(state.retries(), request, rule, nowNanos));
            if (cell.replace(state, next)) {
                return entry;
            }
        }
    }

    private static @Nullable Passage pass(
            Circuit circuit, PermitRequest request, CircuitSettings settings, long nowNanos) {
        return switch (circuit.phase(nowNanos, settings)) {
            case CLOSED, RAMPING -> new Passage(circuit.epoch(), false, false);
            case OPEN -> request.ignoringHealth() ? new Passage(circuit.epoch(), false, true) : null;
            case HALF_OPEN ->
                circuit.probeFree(nowNanos, settings)
                        ? new Passage(circuit.epoch(), true, true)
                        : request.ignoringHealth() ? new Passage(circuit.epoch(), false, true) : null;
        };
    }

    private boolean chargeGateway(PermitRequest request, long nowNanos) {
        while (true) {
            RetryBudget budget = gatewayRetries.get();
            if (request.charged() && !budget.allows(request.retries(), nowNanos)) {
                return false;
            }
            if (gatewayRetries.replace(budget, counted(budget, request, request.retries(), nowNanos))) {
                return true;
            }
        }
    }

    private static RetryBudget counted(
            RetryBudget budget, PermitRequest request, RetryBudget.Rule rule, long nowNanos) {
        if (request.charged()) {
            return budget.charged(rule, nowNanos);
        }
        return request.first() ? budget.first(rule, nowNanos) : budget;
    }

    void sent(Permit permit, long nowNanos) {
        permit.replicaCell().update(state -> state.sent(nowNanos));
    }

    void committed(Permit permit, long nowNanos) {
        Passage own = permit.passage();
        if (own.tripped()) {
            CircuitSettings settings = permit.replica().circuit();
            permit.replicaCell()
                    .update(state -> state.with(state.inFlight(), own.committed(state.circuit(), nowNanos, settings)));
        }
        Passage credential = permit.providerPassage();
        if (credential.tripped()) {
            CircuitSettings settings = permit.replica().learning().accounts().circuit();
            permit.providerCell()
                    .update(state -> state.with(credential.committed(state.circuit(), nowNanos, settings)));
        }
    }

    void release(Permit permit, PermitOutcome outcome, long nowNanos) {
        permit.end();
        switch (outcome) {
            case PermitOutcome.Succeeded succeeded -> Learning.succeeded(permit, succeeded, nowNanos);
            case PermitOutcome.Failed failed -> {
                Learning.failed(permit, failed, nowNanos);
                openCircuits(permit, failed.failure(), nowNanos);
            }
            case PermitOutcome.Unused unused -> uncount(permit);
        }
        permit.replicaCell().update(state -> state.left(permit.passage().returned(state.circuit())));
        permit.providerCell()
                .update(state -> state.with(permit.providerPassage().returned(state.circuit())));
    }

    /** What was never sent was no attempt. */
    private void uncount(Permit permit) {
        PermitRequest request = permit.request();
        long takenAt = permit.takenAtNanos();
        permit.providerCell().update(state -> state.with(uncounted(state.retries(), request, takenAt)));
        gatewayRetries.update(budget -> uncounted(budget, request, takenAt));
    }

    private static RetryBudget uncounted(RetryBudget budget, PermitRequest request, long countedAtNanos) {
        return budget.minus(request.first(), request.charged(), countedAtNanos);
    }

    private static void openCircuits(Permit permit, Failure failure, long nowNanos) {
        FailureClass kind = failure.failureClass();
        long replicaSeed = permit.replica().id().value().hashCode();
        AccountSettings accounts = permit.replica().learning().accounts();
        switch (kind.health()) {
            case IGNORED, COOLS_DOWN -> {}
            case COUNTS, COUNTS_AND_COOLS_DOWN ->
                permit.replicaCell().update(state -> {
                    Circuit circuit = state.circuit();
                    boolean straggler = circuit.tripped() && !permit.passage().probe();
                    return straggler
                            ? state
                            : state.with(
                                    state.inFlight(),
                                    circuit.failed(
                                            permit.passage().epoch(),
                                            kind,
                                            nowNanos,
                                            permit.replica().circuit(),
                                            replicaSeed));
                });
            case OPENS_REPLICA_LONG ->
                permit.replicaCell()
                        .update(state -> state.with(
                                state.inFlight(),
                                opened(
                                        state.circuit(),
                                        kind,
                                        accounts.misconfigured(),
                                        permit.replica().circuit(),
                                        nowNanos,
                                        replicaSeed)));
            case OPENS_PROVIDER -> openProvider(permit, kind, accounts.credential(), nowNanos);
            case OPENS_PROVIDER_LONG -> openProvider(permit, kind, accounts.exhausted(), nowNanos);
        }
    }

    private static void openProvider(Permit permit, FailureClass kind, AccountSettings.Times times, long nowNanos) {
        CircuitSettings settings = permit.replica().learning().accounts().circuit();
        long seed = permit.replica().provider().value().hashCode();
        permit.providerCell()
                .update(state -> state.with(opened(state.circuit(), kind, times, settings, nowNanos, seed)));
    }

    private static Circuit opened(
            Circuit circuit,
            FailureClass kind,
            AccountSettings.Times times,
            CircuitSettings settings,
            long nowNanos,
            long seed) {
        return circuit.open(
                kind, nowNanos, times.open().toNanos(), times.maxOpen().toNanos(), settings, seed);
    }
}
