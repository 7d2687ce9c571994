package dev.tierway.simulation;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.world.Ledger;
import dev.tierway.simulation.world.Luck;
import dev.tierway.simulation.world.ReplicaTruth;
import dev.tierway.simulation.world.Request;
import dev.tierway.simulation.world.Upstreams;
import dev.tierway.simulation.world.VirtualTime;
import dev.tierway.simulation.world.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One trace through one contender: sets the stage, lets time run, reads the result. Used once. */
final class TrialRun {
    private static final double BUSY_CALLS_PER_SECOND = 1.5;
    private static final double MOST_SENDS_PER_CALL = 1.2;
    private static final long SETTLED_AFTER_NANOS = 10_000_000_000L;

    private final Trial trial;
    private final Trace trace;
    private final SizedFleet fleet;
    private final Plot plot;
    private final TraceFacts facts;
    private final VirtualTime time = new VirtualTime();
    private final Ledger ledger;
    private final CallLog log;
    private final Stage stage;

    TrialRun(Trial trial, Trace trace, TraceFacts facts, SizedFleet fleet, Plot plot, Weather weather) {
        this.trial = trial;
        this.trace = trace;
        this.facts = facts;
        this.fleet = fleet;
        this.plot = plot;
        this.ledger = new Ledger(fleet.size(), plot.fromNanos(), plot.untilNanos());
        this.log = new CallLog(facts.calls());
        List<ReplicaTruth> truths = fleet.truths(facts);
        Luck luck = new Luck(trial.seed());
        this.stage = new Stage(fleet, facts, time, luck, new Upstreams(time, luck, truths, ledger), log);
        weather.plan(time, truths, fleet.providers(), facts.windowNanos(), trial.seed());
    }

    TrialResult run(Function<Stage, Contender> makes) {
        Contender contender = makes.apply(stage);
        contender.configure(Configuration.NORMAL);
        for (Fault fault : plot.faults()) {
            ReplicaTruth replica = stage.upstreams().replica(fault.replica());
            time.at(fault.fromNanos(), () -> fault.effect().begin(replica));
            time.at(fault.untilNanos(), () -> fault.effect().end(replica));
        }
        for (Plot.Change change : plot.changes()) {
            time.at(change.atNanos(), () -> contender.configure(change.to()));
        }
        time.at(trace.arrivals().getFirst().atNanos(), () -> arrive(contender, 0));
        time.run();
        return result(contender);
    }

    /** Each arrival plans the next, so that the queue of events stays short. */
    private void arrive(Contender contender, int call) {
        if (call + 1 < trace.arrivals().size()) {
            time.at(trace.arrivals().get(call + 1).atNanos(), () -> arrive(contender, call + 1));
        }
        Arrival arrival = trace.arrivals().get(call);
        log.begun(call, time.nowNanos());
        contender.begin(new Request(call, arrival.inputTokens(), arrival.outputTokens(), arrival.blocks()));
    }

    private TrialResult result(Contender contender) {
        RoutingPolicy policy = fleet.plan().policy();
        Objective objective =
                new Objective(policy.latencyValueUsdPerSecond(), policy.failurePenaltyUsd(), policy.answerValueUsd());
        FaultWindow window =
                new FaultWindow(ledger, plot.faulted(), plot.fromNanos(), plot.untilNanos(), facts.windowNanos());
        List<String> violations = new ArrayList<>(contender.violations());
        if (contender instanceof Spine && totalOutage()) {
            requireFewSends(violations);
        }
        return new TrialResult(
                trial,
                log.calls(),
                log.delivered(),
                log.ttftMillis(),
                log.totalMillis(),
                ledger.usd(),
                ledger.attempts(),
                ledger.rateLimited(),
                ledger.wastedTokens(),
                ledger.inputTokens(),
                ledger.cachedTokens(),
                window.detectSeconds(),
                window.recoverSeconds(),
                plot.dead() ? (Double) window.deadShare() : null,
                objective.cost(ledger.usd(), log.seconds(), ledger.failures(), log.calls() - log.delivered()),
                Mixing.mix(ledger.hash(), log.hash()),
                ledger.faultsHit(),
                violations);
    }

    private boolean totalOutage() {
        return plot.faulted().size() == fleet.newcomer()
                && plot.faults().stream().allMatch(fault -> fault.effect() instanceof Effect.Fails);
    }

    /** I3 in a total outage: retries must not multiply it. */
    private void requireFewSends(List<String> violations) {
        long from = plot.fromNanos() + SETTLED_AFTER_NANOS;
        double seconds = (plot.untilNanos() - from) / 1e9;
        long calls = 0;
        for (Arrival arrival : trace.arrivals()) {
            calls += arrival.atNanos() >= from && arrival.atNanos() < plot.untilNanos() ? 1 : 0;
        }
        long sends = 0;
        for (int i = 0; i < ledger.attempts(); i++) {
            sends += ledger.sentAt(i) >= from && ledger.sentAt(i) < plot.untilNanos() ? 1 : 0;
        }
        if (calls >= BUSY_CALLS_PER_SECOND * seconds && sends > MOST_SENDS_PER_CALL * calls) {
            violations.add("I3: " + sends + " attempts for " + calls + " calls in a total outage");
        }
    }
}
