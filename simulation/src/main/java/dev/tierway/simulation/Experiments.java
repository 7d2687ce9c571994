package dev.tierway.simulation;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.world.Pace;
import dev.tierway.simulation.world.Weather;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Experiments to run: over the built-in fleet, or over one's own. */
public final class Experiments {
    private Experiments() {}

    /** The built-in fleet, production's default policy, ordinary bad luck. */
    public static Experiment standard() {
        return new Simulator(BuiltInFleet.fleet(), Weather.ORDINARY);
    }

    /**
     * What if: calls by tier over one's own fleet. Configured prices, concurrency and limits on requests and tokens are
     * taken for the truth (an unknown price for the dearest known, an unknown concurrency for 48); a replica serves two
     * thirds of its concurrency at full throughput. The fleet is scaled as a whole until the trace asks for the trial's
     * share of its capacity.
     *
     * @param paces how fast replicas truly are; one not named gets what is typical of the tier
     * @throws IllegalArgumentException if no replica of the tier serves the use case
     */
    public static Experiment of(
            Catalogue catalogue, RoutingPolicy policy, ModelTier tier, UseCase useCase, Map<ReplicaId, Pace> paces) {
        return new Simulator(new SimulatedFleet(catalogue, policy, tier, useCase, paces), Weather.ORDINARY);
    }

    private record Simulator(SimulatedFleet fleet, Weather weather) implements Experiment {
        @Override
        public List<String> scenarios() {
            return Scenario.ids();
        }

        @Override
        public List<String> contenders() {
            return Contenders.ids();
        }

        @Override
        public TrialResult run(Trial trial, Trace trace) {
            Contenders.requireKnown(trial.contender());
            TraceFacts facts = TraceFacts.of(trace);
            SizedFleet sized = new SizedFleet(fleet, facts, trial.load());
            Plot plot = Scenario.of(trial.scenario()).plot(sized, facts.windowNanos());
            return trial.contender().equals(Contenders.FIXED_ORDER)
                    ? FixedOrders.best(
                            sized,
                            order ->
                                    run(trial, trace, facts, sized, plot, stage -> FixedOrders.contender(stage, order)))
                    : run(trial, trace, facts, sized, plot, stage -> Contenders.of(trial.contender(), stage));
        }

        private TrialResult run(
                Trial trial,
                Trace trace,
                TraceFacts facts,
                SizedFleet sized,
                Plot plot,
                Function<Stage, Contender> makes) {
            return new TrialRun(trial, trace, facts, sized, plot, weather).run(makes);
        }
    }
}
