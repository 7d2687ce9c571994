package dev.tierway.simulation;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.simulation.baseline.Backend;
import dev.tierway.simulation.baseline.PriorityOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The best fixed order in hindsight: of a handful of orders of priority, the one that turned out to cost least for this
 * trial.
 */
final class FixedOrders {
    private FixedOrders() {}

    static TrialResult best(SizedFleet fleet, Function<int[], TrialResult> runs) {
        return orders(fleet).stream()
                .map(runs)
                .min(Comparator.comparingDouble(TrialResult::costUsd))
                .orElseThrow();
    }

    static Contender contender(Stage stage, int[] order) {
        return new ClientLoop(stage, Chooser.of(new PriorityOrder(order)));
    }

    /** As declared, cheapest first, fastest first, largest first, and the first two with the first replica last. */
    private static List<int[]> orders(SizedFleet fleet) {
        List<Backend> backends = fleet.backends(Configuration.NORMAL);
        List<int[]> orders = new ArrayList<>();
        orders.add(by(fleet, i -> i));
        orders.add(by(fleet, i -> backends.get(i).blendedUsd()));
        orders.add(by(fleet, i -> fleet.pace(i).meanNanos(1000, 0, 250)));
        orders.add(by(fleet, i -> -slots(fleet.replica(i))));
        orders.add(by(fleet, i -> i == 0 ? Double.MAX_VALUE : i));
        orders.add(by(fleet, i -> i == 0 ? Double.MAX_VALUE : backends.get(i).blendedUsd()));
        return orders;
    }

    private static double slots(Replica replica) {
        Integer slots = replica.concurrency();
        return slots == null ? Sizing.DEFAULT_SLOTS : slots;
    }

    private static int[] by(SizedFleet fleet, Function<Integer, Number> key) {
        return IntStream.range(0, fleet.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> key.apply(i).doubleValue()))
                .mapToInt(i -> i)
                .toArray();
    }
}
