package dev.tierway.simulation.baseline;

import java.util.List;

/** Any backend, each as likely; up to two more the call hasn't tried yet after failures. Remembers nothing. */
final class RandomChoice implements Balancer {
    private static final int ATTEMPTS = 3;

    private List<Backend> backends = List.of();

    @Override
    public void configure(List<Backend> now) {
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        if (ride.attempts() >= ATTEMPTS) {
            return GIVE_UP;
        }
        Backend drawn = Drawing.weighted(backends, one -> !ride.tried(one.index()), one -> 1, ride.dice(1));
        return drawn == null ? GIVE_UP : drawn.index();
    }
}
