package dev.tierway.bootstrap.config;

import dev.tierway.domain.routing.RoutingPolicy;
import java.math.BigDecimal;
import java.util.List;

/** {@code routing.weights} and {@code routing.local-bonus}. */
final class ScoreSections {
    static final Key<BigDecimal> LOCAL = weight("local", "On the local bonus.");
    static final Key<BigDecimal> LATENCY = weight("latency", "On time to first token and per token.");
    static final Key<BigDecimal> COST = weight("cost", "On price and quota pressure.");
    static final Key<BigDecimal> ERROR = weight("error", "On what failures are expected to cost.");

    static final Section<RoutingPolicy.Weights> WEIGHTS = Section.of(
            "weights",
            "Factors on the terms of the score. The terms are in dollars already, so that 1 is right until you know"
                    + " better.",
            List.of(LOCAL, LATENCY, COST, ERROR),
            v -> new RoutingPolicy.Weights(number(v, LOCAL), number(v, LATENCY), number(v, COST), number(v, ERROR)));

    static final Key<BigDecimal> MICRO = bonus("micro", "0.10");
    static final Key<BigDecimal> SMALL = bonus("small", "0.08");
    static final Key<BigDecimal> MID = bonus("mid", "0.02");
    static final Key<BigDecimal> FRONTIER = bonus("frontier", "0");

    static final Section<RoutingPolicy.LocalBonus> LOCAL_BONUS = Section.of(
            "local-bonus",
            "Dollars per call a local replica is worth over a remote one, by tier.",
            List.of(MICRO, SMALL, MID, FRONTIER),
            v -> new RoutingPolicy.LocalBonus(number(v, MICRO), number(v, SMALL), number(v, MID), number(v, FRONTIER)));

    private ScoreSections() {}

    private static Key<BigDecimal> weight(String name, String meaning) {
        return Key.optional(name, Quantities.amount("a number of 0 or more"), meaning)
                .or("1");
    }

    private static Key<BigDecimal> bonus(String tier, String usd) {
        return Key.optional(tier, Quantities.amount("dollars per call"), "For models of tier `" + tier + "`.")
                .or(usd);
    }

    private static double number(Values values, Key<BigDecimal> key) {
        return values.value(key).doubleValue();
    }
}
