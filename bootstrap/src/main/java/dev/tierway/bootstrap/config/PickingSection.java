package dev.tierway.bootstrap.config;

import dev.tierway.domain.routing.PickingSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** {@code routing.picking}. */
final class PickingSection {
    static final Key<Double> HOT = Key.optional(
                    "hot",
                    Quantities.SHARE,
                    "In use above this share of its concurrency, a replica is passed over while another isn't.")
            .or("84%");
    static final Key<Double> BAND = Key.optional(
                    "band",
                    Quantities.SHARE,
                    "Those as far behind the best as this share of what it costs are as good: of two drawn from them"
                            + " the less loaded is picked.")
            .or("10%");
    static final Key<BigDecimal> LEAST_BAND = Key.optional(
                    "least-band", Quantities.amount("an amount in dollars"), "How far behind they may always be.")
            .or("0.0005");
    static final Key<Duration> COLD_AFTER = Key.optional(
                    "cold-after",
                    Quantities.DURATION_OR_ZERO,
                    "A replica that no reply has measured for so long may be explored.")
            .or("30s");
    static final Key<BigDecimal> EXPLORATION_COST = Key.optional(
                    "exploration-cost",
                    Quantities.amount("a number of 1 or more"),
                    "Somebody explored may cost this many times what the best does.")
            .or("2");

    static final Section<PickingSettings> SECTION = Section.of(
            "picking",
            "How one of the scored is picked under strategy `adaptive`.",
            List.of(HOT, BAND, LEAST_BAND, COLD_AFTER, EXPLORATION_COST),
            v -> new PickingSettings(
                    PickingSettings.DEFAULTS.exploration(),
                    v.value(COLD_AFTER).toNanos(),
                    v.value(EXPLORATION_COST).doubleValue(),
                    v.value(HOT),
                    v.value(BAND),
                    v.value(LEAST_BAND).doubleValue()));

    private PickingSection() {}
}
