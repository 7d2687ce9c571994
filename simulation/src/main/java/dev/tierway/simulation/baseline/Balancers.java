package dev.tierway.simulation.baseline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All baselines by their ids. */
public final class Balancers {
    private static final Map<String, Supplier<Balancer>> BY_ID = byId();

    private Balancers() {}

    private static Map<String, Supplier<Balancer>> byId() {
        Map<String, Supplier<Balancer>> all = new LinkedHashMap<>();
        all.put("random", RandomChoice::new);
        all.put("weighted-round-robin", WeightedRoundRobin::new);
        all.put("priority", PriorityOrder::new);
        all.put("shuffle-cooldown", ShuffleCooldown::new);
        all.put("least-request-p2c", LeastRequests::new);
        all.put("peak-ewma-p2c", PeakEwmaChoice::new);
        all.put("inverse-square-price", InverseSquarePrice::new);
        all.put("weighted-sum", WeightedSum::new);
        return Collections.unmodifiableMap(all);
    }

    public static List<String> ids() {
        return List.copyOf(BY_ID.keySet());
    }

    /** @throws IllegalArgumentException if there is no such baseline */
    public static Balancer of(String id) {
        Supplier<Balancer> maker = BY_ID.get(id);
        if (maker == null) {
            throw new IllegalArgumentException("unknown baseline '" + id + "'; there are " + ids());
        }
        return maker.get();
    }
}
