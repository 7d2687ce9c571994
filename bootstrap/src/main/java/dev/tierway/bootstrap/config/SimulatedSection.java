package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedLimits;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code simulated} of a provider of that kind. */
final class SimulatedSection {
    static final Key<Duration> TTFT = Key.optional("ttft", Quantities.DURATION_OR_ZERO, "Time to the first token.")
            .or("200ms");
    static final Key<Duration> PER_TOKEN = Key.optional(
                    "per-token", Quantities.DURATION_OR_ZERO, "Time between two tokens.")
            .or("20ms");
    static final Key<Integer> OUTPUT_TOKENS = Key.optional(
                    "output-tokens", Quantities.smallCount(1, 1_000_000), "Length of a text answer.")
            .or("24");
    static final Key<String> TEXT = Key.optional(
                    "text",
                    Scalars.TEXT,
                    "How a text answer begins; `{where}`, `{model}` and `{prompt}` are filled in.")
            .or(SimulatedScript.DEFAULT_TEXT);
    static final Key<Long> SEED = Key.optional(
                    "seed",
                    Quantities.count(0, Long.MAX_VALUE),
                    "Of chance faults and filler words: the same seed, the same answers.")
            .or("1");
    static final Key<List<ScriptedFault>> FAULTS = Key.optional(
            "faults",
            new ListShape<>(SimulatedFaultSection.SECTION, "a list of faults", 0),
            "What goes wrong: the first that hits a request is done to it.");
    static final Key<Integer> DIMENSIONS = Key.optional(
                    "dimensions",
                    Quantities.smallCount(1, 1 << 14),
                    "How many numbers its embeddings have where the request doesn't say.")
            .or(Integer.toString(SimulatedScript.DIMENSIONS));
    static final Key<SimulatedLimits> LIMITS = Key.optional(
                    "limits", SimulatedLimitsSection.SECTION, "The limits its vendor enforces and tells of.")
            .absentMeans("unlimited");

    static final Section<SimulatedScript> SECTION = Section.of(
            "simulated",
            "How a provider of kind `simulated` behaves.",
            List.of(TTFT, PER_TOKEN, OUTPUT_TOKENS, TEXT, SEED, DIMENSIONS, FAULTS, LIMITS),
            v -> new SimulatedScript(
                    v.value(SEED),
                    v.value(TTFT),
                    v.value(PER_TOKEN),
                    v.value(OUTPUT_TOKENS),
                    v.value(TEXT),
                    v.get(FAULTS, List.of()),
                    v.get(LIMITS),
                    v.value(DIMENSIONS)));

    /** What a simulated provider does if nothing is said. */
    static final SimulatedScript DEFAULTS = new SimulatedScript(
            1, Duration.ofMillis(200), Duration.ofMillis(20), 24, SimulatedScript.DEFAULT_TEXT, List.of(), null);

    private SimulatedSection() {}

    static Map<String, Object> shown(SimulatedScript script) {
        return new Shown()
                .put(TTFT, script.firstToken())
                .put(PER_TOKEN, script.perToken())
                .put(OUTPUT_TOKENS, script.outputTokens())
                .put(TEXT, script.text())
                .put(SEED, script.seed())
                .put(DIMENSIONS, script.dimensions())
                .put(FAULTS, script.faults(), SimulatedFaultSection::shown)
                .put(LIMITS, SimulatedLimitsSection.shown(script.limits()))
                .map();
    }
}
