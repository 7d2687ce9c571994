package dev.tierway.bootstrap.config;

import dev.tierway.ProbesConfig;
import java.time.Duration;
import java.util.List;

/** {@code routing.probes}. */
final class ProbesSection {
    static final Key<Boolean> LOCAL = Key.optional(
                    "local",
                    Scalars.TRUE_OR_FALSE,
                    "Whether servers with `local: true` are looked at. Others are only with a `probe` of their own.")
            .or("true");
    static final Key<Duration> INTERVAL = Key.optional(
                    "interval", Quantities.DURATION_ABOVE_ZERO, "From one look to the next, give or take a tenth.")
            .or("10s");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout", Quantities.DURATION_ABOVE_ZERO, "For connecting and the whole answer together.")
            .or("2s");

    static final Section<ProbesConfig> SECTION = Section.of(
            "probes",
            "Looks at servers beside their calls: a plain GET, no token, nothing billed. Two failures in a row keep"
                    + " calls away until one succeeds.",
            List.of(LOCAL, INTERVAL, TIMEOUT),
            v -> new ProbesConfig(v.value(LOCAL), v.value(INTERVAL), v.value(TIMEOUT)));

    private ProbesSection() {}
}
