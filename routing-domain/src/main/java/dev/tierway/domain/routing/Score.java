package dev.tierway.domain.routing;

/**
 * A candidate's score in dollars: higher wins. The terms add up to the index.
 *
 * @param success probability that an attempt succeeds
 * @param successCost s of docs/routing.md: what a successful attempt costs in money, waiting and quota
 * @param failureTerm what failures are expected to cost, as subtracted
 */
public record Score(
        double index,
        double success,
        double localBonus,
        double price,
        double latency,
        double quotaPressure,
        double failureTerm,
        double successCost,
        double ttftNanos,
        double tokenNanos,
        boolean priceKnown,
        boolean latencyMeasured) {}
