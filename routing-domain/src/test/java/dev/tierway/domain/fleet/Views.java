package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.operator.Standing;
import dev.tierway.domain.quota.Dimension;
import org.jspecify.annotations.Nullable;

/** Builds what a decision sees of a candidate, state by state, for tests of pure functions. */
public final class Views {
    private final Replica replica;
    private LogicalModel model;
    private Dialect dialect = Dialect.complete("simulated");
    private int inFlight;
    private Latency latency = Latency.UNMEASURED;
    private double successes;
    private double failures;
    private @Nullable Double failSeconds;
    private Circuit circuit = Circuit.closed(CircuitSettings.DEFAULTS);
    private Cooldown cooldown = Cooldown.NONE;
    private @Nullable Long lastUsed;
    private @Nullable Long lastMeasured;
    private ModelState modelState = ModelState.UNMEASURED;
    private ProviderState provider = ProviderState.FRESH;
    private ProbeState probe = ProbeState.UNPROBED;
    private @Nullable Double headroom;
    private int cachedTokens;
    private Standing standing = Standing.NONE;
    private ReplicaView.@Nullable Exhausted exhausted;
    private final long now;

    private Views(Replica replica, long now) {
        this.replica = replica;
        this.now = now;
        this.model = Models.model(replica.model().value()).build();
    }

    public static Views view(Replicas replica, long now) {
        return new Views(replica.build(), now);
    }

    public Views of(Models value) {
        model = value.build();
        return this;
    }

    public Views inFlight(int value) {
        inFlight = value;
        return this;
    }

    /** As multiples of what the model takes. */
    public Views latency(double ttftRatio, double tokenRatio) {
        latency = new Latency(new PeakEwma(ttftRatio, now), new PeakEwma(tokenRatio, now));
        lastMeasured = now;
        return this;
    }

    public Views lastMeasured(long at) {
        lastMeasured = at;
        return this;
    }

    public Views lastUsed(long at) {
        lastUsed = at;
        return this;
    }

    public Views results(double good, double bad) {
        successes = good;
        failures = bad;
        return this;
    }

    public Views failSeconds(double value) {
        failSeconds = value;
        return this;
    }

    /** Opened just now by that class. */
    public Views opened(FailureClass by) {
        circuit = circuit.open(by, now, 5_000_000_000L, 300_000_000_000L, CircuitSettings.DEFAULTS, 0);
        return this;
    }

    /** Its circuit waits for a probe now. */
    public Views halfOpen() {
        circuit = circuit.open(
                FailureClass.TIMEOUT,
                now - 100_000_000_000L,
                5_000_000_000L,
                300_000_000_000L,
                CircuitSettings.DEFAULTS,
                0);
        return this;
    }

    /** Its credential's circuit waits for a probe now. */
    public Views credentialHalfOpen() {
        provider = provider.with(halfOpened());
        return this;
    }

    /** Its credential's circuit closed then, and lets a growing share through. */
    public Views credentialRamping(long since) {
        provider = provider.with(halfOpened().probeCommitted(1, since, CircuitSettings.DEFAULTS));
        return this;
    }

    /** Its credential's circuit opened just now. */
    public Views credentialOpened() {
        provider = provider.with(provider.circuit()
                .open(FailureClass.CREDENTIAL, now, 5_000_000_000L, 300_000_000_000L, CircuitSettings.DEFAULTS, 0));
        return this;
    }

    /** What its model's answers were like. */
    public Views outputs(long tokens) {
        modelState = new ModelState(
                TtftFit.NONE,
                DecayedMean.NONE,
                OutputSizes.START.plus(tokens, now),
                TextDensity.UNMEASURED,
                Tail.START);
        return this;
    }

    /** Input tokens of the prompt it is expected to hold in its cache. */
    public Views cached(int tokens) {
        cachedTokens = tokens;
        return this;
    }

    public Views headroom(double share) {
        headroom = share;
        return this;
    }

    public Views marked(String by) {
        standing = new Standing(
                null,
                new OperatorAction(
                        1, Scope.replica(replica.id().value()), new OperatorOrder.Mark(false), by, null, null));
        return this;
    }

    /** Two probes in a row found nobody there. */
    public Views probedDead(long validForNanos) {
        probe = ProbeState.UNPROBED
                .probed(ProbeResult.UNREACHABLE, now, validForNanos)
                .probed(ProbeResult.UNREACHABLE, now, validForNanos);
        return this;
    }

    public Views exhausted(long until) {
        exhausted = new ReplicaView.Exhausted("domain:d", Dimension.REQUESTS, until);
        return this;
    }

    public Views resting(long until) {
        cooldown = new Cooldown(until, 0);
        return this;
    }

    public Views providerResting(long until) {
        provider = new ProviderState(
                provider.circuit(),
                new Cooldown(until, 0),
                provider.retries(),
                provider.recent(),
                provider.billed(),
                provider.missing());
        return this;
    }

    /** So many charged attempts went to its provider. */
    public Views retriesCharged(int times) {
        RetryBudget budget = RetryBudget.EMPTY;
        for (int i = 0; i < times; i++) {
            budget = budget.charged(new RetryBudget.Rule(0.2, 3), now);
        }
        provider = provider.with(budget);
        return this;
    }

    /** Its circuit closed then, and lets a growing share through. */
    public Views ramping(long since) {
        circuit = halfOpened().probeCommitted(1, since, CircuitSettings.DEFAULTS);
        return this;
    }

    private Circuit halfOpened() {
        return Circuit.closed(CircuitSettings.DEFAULTS)
                .open(
                        FailureClass.TIMEOUT,
                        now - 100_000_000_000L,
                        5_000_000_000L,
                        300_000_000_000L,
                        CircuitSettings.DEFAULTS,
                        0);
    }

    public Views speaking(Dialect value) {
        dialect = value;
        return this;
    }

    public ReplicaView build() {
        DecayedMean failTime =
                failSeconds == null ? DecayedMean.NONE : DecayedMean.NONE.plus(failSeconds * 1e9, now, 1_000_000_000L);
        ReplicaState state = new ReplicaState(
                inFlight,
                latency,
                new DecayedCount(successes, now),
                new DecayedCount(failures, now),
                failTime,
                circuit,
                cooldown,
                0,
                0,
                lastUsed,
                lastMeasured);
        return new ReplicaView(
                replica,
                dialect,
                model,
                state,
                modelState,
                provider,
                probe,
                headroom,
                exhausted,
                cachedTokens,
                standing);
    }
}
