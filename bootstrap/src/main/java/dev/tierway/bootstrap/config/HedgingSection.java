package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.Node.Written;
import dev.tierway.domain.routing.RoutingPolicy.Hedging;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code routing.hedging}. */
final class HedgingSection {
    static final Key<Double> SHARE = Key.required(
            "share",
            Quantities.SHARE,
            "Most streamed calls that may be hedged, as a share of all; `2%` is a good start.");

    static final Key<Double> HEADROOM = Key.optional(
                    "headroom",
                    Quantities.SHARE,
                    "Nobody gets second attempts whose quota would have less left; nor anybody hot, see `picking`.")
            .or("50%");

    // YAML reads off as false.
    private static final ScalarShape<Hedging> OFF = new ScalarShape<>(
            "off", Set.of(Written.TEXT, Written.BOOLEAN), Map.of("enum", List.of("off", false)), text -> {
                if (!text.equals("off") && !text.equals("false")) {
                    throw new Unfit("must be off or a set of keys", "write off, or { share: 2% }");
                }
                return Hedging.OFF;
            });

    static final ShortForm<Hedging, Hedging> SHAPE = new ShortForm<>(
            OFF,
            off -> off,
            Section.of(
                    "hedging",
                    "A second attempt elsewhere when a stream's first token is late: after the 95th percentile learned"
                            + " for its model. The first to begin wins, the other is cancelled, and charged.",
                    List.of(SHARE, HEADROOM),
                    v -> new Hedging(v.value(SHARE), v.value(HEADROOM))));

    private HedgingSection() {}
}
