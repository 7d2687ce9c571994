package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.ModelTier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code routing.latency-values}. */
final class LatencyValuesSection {
    private static final Map<ModelTier, Key<BigDecimal>> KEYS = keys();

    static final Section<Map<ModelTier, Double>> SECTION = Section.of(
            "latency-values",
            "Dollars a second of waiting is worth to calls whose candidates are all of one tier. A call's own"
                    + " `optimize` goes before it, and so does a rule's or a route's.",
            List.copyOf(KEYS.values()),
            v -> {
                Map<ModelTier, Double> values = new EnumMap<>(ModelTier.class);
                KEYS.forEach((tier, key) -> {
                    BigDecimal value = v.get(key);
                    if (value != null) {
                        values.put(tier, value.doubleValue());
                    }
                });
                return values;
            });

    private LatencyValuesSection() {}

    private static Map<ModelTier, Key<BigDecimal>> keys() {
        Map<ModelTier, Key<BigDecimal>> keys = new EnumMap<>(ModelTier.class);
        Arrays.stream(ModelTier.values())
                .forEach(tier -> keys.put(
                        tier,
                        Key.optional(
                                tier.id(), Quantities.amount("dollars per second"), "For tier `" + tier.id() + "`.")));
        return keys;
    }

    static Map<String, Object> shown(Map<ModelTier, Double> values) {
        Shown shown = new Shown();
        values.forEach((tier, value) -> shown.put(tier.id(), value));
        return shown.map();
    }
}
