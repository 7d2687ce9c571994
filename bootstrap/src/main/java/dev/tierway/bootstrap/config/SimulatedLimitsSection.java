package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.simulated.SimulatedLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code simulated.limits} of a simulated provider. */
final class SimulatedLimitsSection {
    static final Key<SimulatedLimits.Style> STYLE = Key.optional(
                    "style",
                    Scalars.choice(
                            "style of headers", List.of(SimulatedLimits.Style.values()), SimulatedLimits.Style::id),
                    "Whose headers tell what is left; `hostile` ones lie.")
            .or("openai");

    private static final List<Key<?>> RATES = LimitKeys.ALL.stream()
            .filter(key -> !key.name().equals("concurrency"))
            .toList();

    static final Section<SimulatedLimits> SECTION = Section.of(
            "simulated-limits",
            "What a simulated vendor enforces: more gets 429 with `retry-after`. Every reply tells what is left.",
            Stream.concat(Stream.of(STYLE), RATES.stream()).toList(),
            v -> new SimulatedLimits(v.value(STYLE), LimitKeys.read(v)));

    private SimulatedLimitsSection() {}

    static @Nullable Map<String, Object> shown(@Nullable SimulatedLimits limits) {
        if (limits == null) {
            return null;
        }
        Shown shown = new Shown().put(STYLE, limits.style().id());
        limits.limits().forEach(limit -> shown.put(LimitKeys.nameOf(limit), limit.amount()));
        return shown.map();
    }
}
