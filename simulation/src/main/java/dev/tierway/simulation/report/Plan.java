package dev.tierway.simulation.report;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.Experiment;
import java.util.List;

/**
 * Which trials are run: every contender in every scenario at every load, with every seed.
 *
 * @param seed what the trials' seeds are derived from
 * @param seeds how many of them
 */
public record Plan(List<String> scenarios, List<Double> loads, List<String> contenders, long seed, int seeds) {
    public static final List<Double> LOADS = List.of(0.3, 0.7, 0.9, 1.1);
    public static final String ADAPTIVE = "adaptive";
    public static final String ORACLE = "oracle-parameters";
    public static final String SHUFFLE = "shuffle-cooldown";
    /** A cell's samples are in memory until all its trials are over. */
    public static final int MOST_SEEDS = 200;

    /** @throws IllegalArgumentException if there is nothing to run */
    public Plan {
        scenarios = List.copyOf(scenarios);
        loads = List.copyOf(loads);
        contenders = List.copyOf(contenders);
        if (scenarios.isEmpty() || loads.isEmpty() || contenders.isEmpty()) {
            throw new IllegalArgumentException("a scenario, a load and a contender are needed");
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new IllegalArgumentException("seeds may be 1 to " + MOST_SEEDS + ", not " + seeds);
        }
    }

    /** Everything an experiment has. */
    public static Plan whole(Experiment experiment, long seed, int seeds) {
        return new Plan(experiment.scenarios(), LOADS, experiment.contenders(), seed, seeds);
    }

    /** The seed of the n-th trial of a contender in a cell; the same for all contenders, scenarios and loads. */
    long trialSeed(int n) {
        return Mixing.mix(seed, n);
    }
}
