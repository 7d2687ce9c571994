package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.Timeouts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code timeouts}: of a call in routing and routes, of an attempt on providers and replicas. */
final class TimeoutsSection {
    static final Key<Duration> CONNECT =
            clock("connect", Quantities.DURATION_ABOVE_ZERO, "2s", "Until the connection stands.");
    static final Key<Duration> FIRST_TOKEN =
            clock("first-token", Quantities.DURATION_ABOVE_ZERO, "30s", "Until the first token of the answer.");
    static final Key<Duration> FIRST_TOKEN_PER_1K_INPUT = clock(
            "first-token-per-1k-input",
            Quantities.DURATION_OR_ZERO,
            "500ms",
            "Added to `first-token` for every 1,000 input tokens.");
    static final Key<Duration> IDLE = clock(
            "idle",
            Quantities.DURATION_ABOVE_ZERO,
            "60s",
            "Between two events of a stream, counted only while Tierway reads.");
    static final Key<Duration> SPILL =
            clock("spill", Quantities.DURATION_ABOVE_ZERO, "180s", "After this no new attempt starts.");
    static final Key<Duration> TOTAL = clock("total", Quantities.DURATION_ABOVE_ZERO, "600s", "The whole call.");

    static final Key<Duration> UNARY = clock(
            "unary",
            Quantities.DURATION_ABOVE_ZERO,
            "60s",
            "A reply that isn't streamed may take `first-token` and this long, before another replica may be tried.");
    static final Key<BigDecimal> UNARY_PATIENCE = Key.optional(
                    "unary-patience",
                    Quantities.amount("a number of 1 or more"),
                    "Or this many times what the whole reply is expected to take, if that is more.")
            .absentMeans("3");

    static final Section<Timeouts.Override> OF_CALL = Section.of(
            "timeouts",
            "The clocks of a call and its attempts. What a route doesn't say is as the replica, its provider or"
                    + " `routing.timeouts` says.",
            List.of(CONNECT, FIRST_TOKEN, FIRST_TOKEN_PER_1K_INPUT, IDLE, UNARY, UNARY_PATIENCE, SPILL, TOTAL),
            v -> new Timeouts.Override(
                    v.get(CONNECT),
                    v.get(FIRST_TOKEN),
                    v.get(FIRST_TOKEN_PER_1K_INPUT),
                    v.get(IDLE),
                    v.get(SPILL),
                    v.get(TOTAL),
                    v.get(UNARY),
                    patience(v)));

    static final Section<Timeouts.Override> OF_ATTEMPT = Section.of(
                    "attempt-timeouts",
                    "The clocks of attempts at a provider or replica. What isn't said is as in `routing.timeouts`.",
                    List.of(CONNECT, FIRST_TOKEN, FIRST_TOKEN_PER_1K_INPUT, IDLE, UNARY, UNARY_PATIENCE),
                    v -> new Timeouts.Override(
                            v.get(CONNECT),
                            v.get(FIRST_TOKEN),
                            v.get(FIRST_TOKEN_PER_1K_INPUT),
                            v.get(IDLE),
                            null,
                            null,
                            v.get(UNARY),
                            patience(v)))
            .elsewhere("spill", "is a clock of the whole call", "set it in routing.timeouts or on a route")
            .elsewhere("total", "is a clock of the whole call", "set it in routing.timeouts or on a route");

    private TimeoutsSection() {}

    private static @Nullable Double patience(Values v) {
        BigDecimal patience = v.get(UNARY_PATIENCE);
        return patience == null ? null : patience.doubleValue();
    }

    private static Key<Duration> clock(String name, Shape<Duration> shape, String inRouting, String meaning) {
        return Key.optional(name, shape, meaning).absentMeans(inRouting);
    }
}
