package dev.tierway.simulation;

import dev.tierway.simulation.baseline.Backend;
import dev.tierway.simulation.baseline.Balancer;
import dev.tierway.simulation.baseline.Outcome;
import dev.tierway.simulation.baseline.Ride;
import dev.tierway.simulation.world.Request;
import java.util.List;

/** What decides in a {@link ClientLoop}: a baseline, or an oracle, which may look at the truth. */
interface Chooser {
    void configure(List<Backend> backends);

    /** A replica's index, or one of {@link Balancer}'s constants. */
    int pick(Ride ride, Request request, long nowNanos);

    default void sent(int replica, long nowNanos) {}

    default void ended(int replica, Outcome outcome, long nowNanos) {}

    static Chooser of(Balancer balancer) {
        return new Chooser() {
            @Override
            public void configure(List<Backend> backends) {
                balancer.configure(backends);
            }

            @Override
            public int pick(Ride ride, Request request, long nowNanos) {
                return balancer.pick(ride, nowNanos);
            }

            @Override
            public void sent(int replica, long nowNanos) {
                balancer.sent(replica, nowNanos);
            }

            @Override
            public void ended(int replica, Outcome outcome, long nowNanos) {
                balancer.ended(replica, outcome, nowNanos);
            }
        };
    }
}
