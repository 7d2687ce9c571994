package dev.tierway.simulation.world;

import java.util.List;

/** Replicas and requests for tests of the world. */
final class Truths {
    static final AttemptLimits LIMITS = new AttemptLimits(2_000_000_000L, 30_000_000_000L);
    static final Pace PACE = Pace.millis(400, 0.1, 10);
    static final Rates RATES = new Rates(2e-6, 1e-6, 8e-6);

    private Truths() {}

    static ReplicaTruth replica(double softCapacity, int slots, Allowance... allowances) {
        return new ReplicaTruth(0, PACE, 4e9, softCapacity, slots, RATES, List.of(allowances));
    }

    static ReplicaTruth replica() {
        return replica(1000, 1000);
    }

    static Request request(int call) {
        return new Request(call, 1000, 200, List.of());
    }

    static Fate fate(ReplicaTruth replica, int call) {
        return Fate.of(replica, request(call), LIMITS, new Luck(5).ofAttempt(call, 1, 0), 0);
    }
}
