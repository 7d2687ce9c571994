package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import java.time.Duration;
import java.util.List;

/** {@code circuit}: in routing, a provider, a replica. */
final class CircuitSection {
    static final Key<Integer> FAILURES = Key.optional(
                    "failures", Quantities.smallCount(1, 1_000_000), "Counted failures in a row that open it.")
            .absentMeans("5");
    static final Key<Double> SUCCESS_RATE = Key.optional(
                    "success-rate", Quantities.SHARE, "It also opens below this share of successes over `window`.")
            .absentMeans("80%");
    static final Key<Duration> WINDOW = Key.optional(
                    "window", Quantities.DURATION_ABOVE_ZERO, "What `success-rate` looks back on.")
            .absentMeans("30s");
    static final Key<Integer> MINIMUM = Key.optional(
                    "minimum",
                    Quantities.smallCount(1, 1_000_000),
                    "Results in the window before `success-rate` counts.")
            .absentMeans("5");
    static final Key<Duration> OPEN = Key.optional(
                    "open", Quantities.DURATION_ABOVE_ZERO, "How long it stays open at first; doubles every time.")
            .absentMeans("5s");
    static final Key<Duration> MAX_OPEN = Key.optional(
                    "max-open", Quantities.DURATION_ABOVE_ZERO, "The longest it stays open.")
            .absentMeans("300s");
    static final Key<Integer> PROBES_TO_CLOSE = Key.optional(
                    "probes-to-close", Quantities.smallCount(1, 1000), "Successful probes that close it.")
            .absentMeans("1");
    static final Key<Duration> RAMP = Key.optional(
                    "ramp",
                    Quantities.DURATION_OR_ZERO,
                    "After closing, traffic grows from `ramp-start` to all of it over this time.")
            .absentMeans("30s");

    static final Key<Double> RAMP_START = Key.optional(
                    "ramp-start", Quantities.SHARE, "Share of the traffic it lets through at first; more than 0%.")
            .absentMeans("10%");
    static final Key<Duration> FORGET = Key.optional(
                    "forget",
                    Quantities.DURATION_OR_ZERO,
                    "Once it was closed so long, it opens for `open` again and not for twice as long as before.")
            .absentMeans("60s");
    static final Key<Double> JITTER = Key.optional(
                    "jitter",
                    Quantities.SHARE,
                    "By up to this share it stays open longer, so that not all come back at once.")
            .absentMeans("10%");

    static final Section<CircuitConfig> SECTION = Section.of(
            "circuit",
            "When a replica is no longer trusted, and how it is trusted again. What a provider or replica doesn't say"
                    + " is as in `routing.circuit`.",
            List.of(
                    FAILURES,
                    SUCCESS_RATE,
                    WINDOW,
                    MINIMUM,
                    OPEN,
                    MAX_OPEN,
                    PROBES_TO_CLOSE,
                    RAMP,
                    RAMP_START,
                    FORGET,
                    JITTER),
            v -> new CircuitConfig(
                    v.get(FAILURES),
                    v.get(SUCCESS_RATE),
                    v.get(WINDOW),
                    v.get(MINIMUM),
                    v.get(OPEN),
                    v.get(MAX_OPEN),
                    v.get(PROBES_TO_CLOSE),
                    v.get(RAMP),
                    v.get(RAMP_START),
                    v.get(FORGET),
                    v.get(JITTER)));

    private CircuitSection() {}
}
