package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.in.QueryHints;
import dev.tierway.application.port.in.QueryHints.HintCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** Counts what instances told each other, read when somebody scrapes. */
public final class HintMeters {
    private HintMeters() {}

    /** @param hints must be kept by somebody else: meters don't hold it */
    public static void register(MeterRegistry registry, QueryHints hints) {
        counter(registry, hints, "told", HintCounts::told);
        counter(registry, hints, "used", HintCounts::used);
        counter(registry, hints, "ignored", HintCounts::ignored);
    }

    private static void counter(
            MeterRegistry registry, QueryHints hints, String result, ToLongFunction<HintCounts> count) {
        FunctionCounter.builder("tierway.hints", hints, all -> count.applyAsLong(all.hints()))
                .description("Rests and opened circuits that instances told each other of.")
                .tag("result", result)
                .register(registry);
    }
}
