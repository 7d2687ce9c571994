package dev.tierway.domain.routing;

/**
 * A candidate's score in dollars: higher wins. Unless it ranks a last attempt, the five terms add up to the index.
 *
 * @param success probability that an attempt succeeds
 * @param localBonus term: what being local is worth
 * @param price term: money
 * @param latency term: waiting
 * @param quotaPressure term: scarcity of its quota
 * @param failureTerm term: what failures are expected to cost, as subtracted
 * @param priceUsd what an answer is expected to cost, before weights
 * @param seconds how long an answer is expected to take, its load included, before weights
 * @param priceKnown whether {@code priceUsd} is the replica's own
 * @param latencyMeasured whether {@code seconds} is the replica's own
 */
public record Score(
        double index,
        double success,
        double localBonus,
        double price,
        double latency,
        double quotaPressure,
        double failureTerm,
        double priceUsd,
        double seconds,
        double ttftNanos,
        double tokenNanos,
        boolean priceKnown,
        boolean latencyMeasured) {
    /** s of docs/routing.md: what a successful attempt costs in money, waiting and quota. */
    public double successCost() {
        return -(price + latency + quotaPressure);
    }
}
