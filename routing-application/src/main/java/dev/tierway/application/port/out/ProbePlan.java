package dev.tierway.application.port.out;

import java.time.Duration;

/**
 * How a provider's replicas are looked at.
 *
 * @param interval from the end of one probe to the next, give or take a tenth
 * @param timeout how long a probe may take
 */
public record ProbePlan(ReplicaProbe probe, Duration interval, Duration timeout) {
    public ProbePlan {
        if (!interval.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("interval and timeout of probes must be more than 0");
        }
    }
}
