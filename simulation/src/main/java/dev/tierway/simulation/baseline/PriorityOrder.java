package dev.tierway.simulation.baseline;

import java.util.List;

/**
 * The list of fallbacks most gateways offer: every call tries the backends in their order of priority until one answers.
 * Remembers nothing between calls.
 */
public final class PriorityOrder implements Balancer {
    private final int[] order;
    private List<Backend> backends = List.of();

    /** @param order of backends' indices; empty: by their configured priority, then as declared */
    public PriorityOrder(int... order) {
        this.order = order.clone();
    }

    @Override
    public void configure(List<Backend> now) {
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        Backend best = null;
        for (Backend backend : backends) {
            boolean may = backend.configured() && !ride.tried(backend.index());
            if (may && (best == null || rank(backend) < rank(best))) {
                best = backend;
            }
        }
        return best == null ? GIVE_UP : best.index();
    }

    private int rank(Backend backend) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] == backend.index()) {
                return i;
            }
        }
        return order.length + backend.priority();
    }
}
