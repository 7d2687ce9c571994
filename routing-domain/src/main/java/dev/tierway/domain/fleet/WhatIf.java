package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.operator.Standing;
import org.jspecify.annotations.Nullable;

/** A view as it would be if one thing were different. For explanations: nothing here touches the fleet. */
public final class WhatIf {
    private WhatIf() {}

    public static ReplicaView circuitClosed(ReplicaView view) {
        return with(view, circuit(view.state(), Circuit.closed(view.replica().circuit())));
    }

    public static ReplicaView credentialTrusted(ReplicaView view) {
        return with(view, view.provider().with(Circuit.closed(view.accountCircuit())));
    }

    /** Both circuits let everything through, if they let some of it through. */
    public static ReplicaView rampOver(ReplicaView view, long nowNanos) {
        ReplicaView changed = view;
        if (view.state().circuit().phase(nowNanos, view.replica().circuit()) == Circuit.Phase.RAMPING) {
            changed = circuitClosed(changed);
        }
        boolean credential = view.provider().circuit().phase(nowNanos, view.accountCircuit()) == Circuit.Phase.RAMPING;
        return credential ? credentialTrusted(changed) : changed;
    }

    public static ReplicaView rested(ReplicaView view) {
        ReplicaState state = view.state();
        return with(view, state(state, state.latency(), state.successes(), state.failures(), Cooldown.NONE));
    }

    public static ReplicaView providerRested(ReplicaView view) {
        ProviderState old = view.provider();
        return with(
                view,
                new ProviderState(
                        old.circuit(), Cooldown.NONE, old.retries(), old.recent(), old.billed(), old.missing()));
    }

    public static ReplicaView retriesUnused(ReplicaView view) {
        return with(view, view.provider().with(RetryBudget.EMPTY));
    }

    public static ReplicaView inFlight(ReplicaView view, int calls) {
        return with(view, view.state().with(calls, view.state().circuit()));
    }

    public static ReplicaView active(ReplicaView view) {
        OperatorAction activated = new OperatorAction(
                0,
                Scope.replica(view.replica().id().value()),
                new OperatorOrder.SetPhase(Phase.ACTIVE),
                "what-if",
                null,
                null);
        return with(view, new Standing(activated, view.standing().mark()));
    }

    public static ReplicaView unmarked(ReplicaView view) {
        return with(view, new Standing(view.standing().phase(), null));
    }

    /** @param share what would be left of its quota after the request */
    public static ReplicaView headroom(ReplicaView view, double share) {
        return with(view, view.probe(), share, view.exhausted(), view.standing());
    }

    public static ReplicaView quotaRefilled(ReplicaView view) {
        return with(view, view.probe(), view.headroom(), null, view.standing());
    }

    public static ReplicaView unprobed(ReplicaView view) {
        return with(view, ProbeState.UNPROBED, view.headroom(), view.exhausted(), view.standing());
    }

    /**
     * As slow as this, measured just now.
     *
     * @param ttftNanos expected for the request's input
     */
    public static ReplicaView latency(
            ReplicaView view, double inputTokens, double ttftNanos, double tokenNanos, long nowNanos) {
        ModelState model = view.modelState();
        UnmeasuredSettings unmeasured = view.replica().learning().unmeasured();
        ReplicaState state = view.state();
        Latency latency = new Latency(
                new PeakEwma(ttftNanos / model.expectedTtftNanos(inputTokens, unmeasured), nowNanos),
                new PeakEwma(tokenNanos / model.expectedTokenNanos(unmeasured), nowNanos));
        return with(view, state(state, latency, state.successes(), state.failures(), state.cooldown()));
    }

    /** With so many successes and failures, all of them just now. */
    public static ReplicaView results(ReplicaView view, double successes, double failures, long nowNanos) {
        ReplicaState state = view.state();
        return with(
                view,
                state(
                        state,
                        state.latency(),
                        new DecayedCount(successes, nowNanos),
                        new DecayedCount(failures, nowNanos),
                        state.cooldown()));
    }

    public static ReplicaView neverUsed(ReplicaView view) {
        ReplicaState old = view.state();
        return with(
                view,
                new ReplicaState(
                        old.inFlight(),
                        old.latency(),
                        old.successes(),
                        old.failures(),
                        old.failNanos(),
                        old.circuit(),
                        old.cooldown(),
                        old.calls(),
                        old.errors(),
                        null,
                        old.lastMeasuredNanos()));
    }

    public static ReplicaView configured(ReplicaView view, Replica replica) {
        return with(view, replica, view.model(), view.state(), view.provider());
    }

    public static ReplicaView of(ReplicaView view, LogicalModel model) {
        return with(view, view.replica(), model, view.state(), view.provider());
    }

    private static ReplicaState circuit(ReplicaState state, Circuit circuit) {
        return state.with(state.inFlight(), circuit);
    }

    private static ReplicaState state(
            ReplicaState old, Latency latency, DecayedCount successes, DecayedCount failures, Cooldown cooldown) {
        return new ReplicaState(
                old.inFlight(),
                latency,
                successes,
                failures,
                old.failNanos(),
                old.circuit(),
                cooldown,
                old.calls(),
                old.errors(),
                old.lastUsedNanos(),
                old.lastMeasuredNanos());
    }

    private static ReplicaView with(ReplicaView view, Standing standing) {
        return with(view, view.probe(), view.headroom(), view.exhausted(), standing);
    }

    private static ReplicaView with(
            ReplicaView view,
            ProbeState probe,
            @Nullable Double headroom,
            ReplicaView.@Nullable Exhausted exhausted,
            Standing standing) {
        return new ReplicaView(
                view.replica(),
                view.dialect(),
                view.model(),
                view.state(),
                view.modelState(),
                view.provider(),
                probe,
                headroom,
                exhausted,
                view.cachedTokens(),
                standing);
    }

    private static ReplicaView with(ReplicaView view, ReplicaState state) {
        return with(view, view.replica(), view.model(), state, view.provider());
    }

    private static ReplicaView with(ReplicaView view, ProviderState provider) {
        return with(view, view.replica(), view.model(), view.state(), provider);
    }

    private static ReplicaView with(
            ReplicaView view, Replica replica, LogicalModel model, ReplicaState state, ProviderState provider) {
        return new ReplicaView(
                replica,
                view.dialect(),
                model,
                state,
                view.modelState(),
                provider,
                view.probe(),
                view.headroom(),
                view.exhausted(),
                view.cachedTokens(),
                view.standing());
    }
}
