package dev.tierway.simulation;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.world.Weather;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Production under everything at once: random fleets, policies and strategies, all faults mixed, storms of bad luck,
 * configurations that change under way, clients that leave. It is not about how good decisions are but about what must
 * never happen: see {@link Report#violations}.
 */
public final class Soak {
    private static final int CALLS_PER_ROUND = 2000;
    private static final int OUTAGE_EVERY = 8;
    private static final int MOST_TOLD = 20;
    private static final double LEAVING = 0.05;
    private static final Weather STORM = new Weather(0.02, 0.5, 0.8, 60, 20, 120, 15);

    private Soak() {}

    /**
     * What a soak came to.
     *
     * @param calls rounded up to whole rounds
     * @param hash of everything that happened; equal for equal seeds
     * @param faultsHit how often each fault met an attempt in which state, as {@code kind/state}
     * @param violations of I1, I3 and I5, and of what else must hold, with the round's seed; empty if there were none
     */
    public record Report(
            long calls,
            long delivered,
            long attempts,
            long hash,
            Map<String, Long> faultsHit,
            List<String> violations) {}

    /** Runs at least that many calls. */
    public static Report run(long calls, long seed) {
        long done = 0;
        long delivered = 0;
        long attempts = 0;
        long hash = 0;
        Map<String, Long> hits = new LinkedHashMap<>();
        List<String> violations = new ArrayList<>();
        for (int round = 0; done < calls; round++) {
            long roundSeed = Mixing.mix(seed, round);
            TrialResult result = round(roundSeed, round % OUTAGE_EVERY == OUTAGE_EVERY - 1);
            done += result.calls();
            delivered += result.delivered();
            attempts += result.attempts();
            hash = Mixing.mix(hash, result.traceHash());
            result.faultsHit().forEach((hit, times) -> hits.merge(hit, times, Long::sum));
            for (String violation : result.violations()) {
                if (violations.size() < MOST_TOLD) {
                    violations.add("round seed " + roundSeed + ": " + violation);
                }
            }
        }
        return new Report(done, delivered, attempts, hash, hits, List.copyOf(violations));
    }

    /** One fleet and trace. A total outage needs ordinary settings: its invariant is one of the default retry budgets. */
    static TrialResult round(long seed, boolean totalOutage) {
        SplittableRandom dice = new SplittableRandom(seed);
        Trace trace = HostileTraces.trace(CALLS_PER_ROUND, dice);
        SimulatedFleet fleet = new HostileFleets(dice).fleet(totalOutage);
        TraceFacts facts = TraceFacts.of(trace);
        SizedFleet sized = new SizedFleet(fleet, facts, 0.3 + dice.nextDouble());
        Plot plot = totalOutage
                ? Scenario.TOTAL_OUTAGE.plot(sized, facts.windowNanos())
                : HostileTraces.plot(sized, facts.windowNanos(), dice);
        Trial trial = new Trial("soak", 1, Contenders.ADAPTIVE, seed);
        return new TrialRun(trial, trace, facts, sized, plot, totalOutage ? Weather.ORDINARY : STORM)
                .run(stage -> new Spine(stage, fleet.policy(), totalOutage ? 0 : LEAVING));
    }
}
