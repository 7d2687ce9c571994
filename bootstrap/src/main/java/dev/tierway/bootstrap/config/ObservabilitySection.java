package dev.tierway.bootstrap.config;

import dev.tierway.TracesConfig;
import dev.tierway.adapter.providers.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code observability}. */
final class ObservabilitySection {
    static final Key<URI> ENDPOINT = Key.required(
            "endpoint",
            BaseUrl.SHAPE,
            "A collector that takes OpenTelemetry's protocol over HTTP, e.g. `http://127.0.0.1:4318`; `/v1/traces` is"
                    + " appended.");
    static final Key<Map<String, Secret>> HEADERS = Key.optional(
            "headers",
            new MapShape<>(
                    Scalars.matching("a header's name", "^[A-Za-z0-9_-]+$", name -> name),
                    Scalars.SECRET,
                    "a set of headers"),
            "Headers sent to it. Values are treated as secrets.");
    static final Key<Double> SAMPLE = Key.optional(
                    "sample", Quantities.SHARE, "The share of calls that are traced, unless their caller has decided.")
            .or("100%");
    static final Key<Boolean> ACCEPT_PARENT = Key.optional(
                    "accept-parent",
                    Scalars.TRUE_OR_FALSE,
                    "Whether a client's `traceparent` is followed: its trace is continued, and it decides about"
                            + " sampling.")
            .or("true");
    static final Key<Boolean> PROPAGATE = Key.optional(
                    "propagate", Scalars.TRUE_OR_FALSE, "Whether vendors are sent a `traceparent`.")
            .or("false");

    private static final Section<TracesConfig> TRACES_SECTION = Section.of(
            "traces",
            "Calls as OpenTelemetry traces: one span per call, one per attempt. Never what was asked or answered.",
            List.of(ENDPOINT, HEADERS, SAMPLE, ACCEPT_PARENT, PROPAGATE),
            v -> new TracesConfig(
                    v.value(ENDPOINT),
                    v.get(HEADERS, Map.of()),
                    v.value(SAMPLE),
                    v.value(ACCEPT_PARENT),
                    v.value(PROPAGATE)));
    static final Key<TracesConfig> TRACES =
            Key.optional("traces", TRACES_SECTION, "Where traces go.").absentMeans("nothing is traced");

    record Observability(@Nullable TracesConfig traces) {}

    static final Observability NONE = new Observability(null);

    static final Section<Observability> SECTION = Section.of(
            "observability",
            "What is told to whoever watches.",
            List.of(TRACES),
            v -> new Observability(v.get(TRACES)));

    private ObservabilitySection() {}

    static @Nullable Map<String, Object> shown(@Nullable TracesConfig traces) {
        if (traces == null) {
            return null;
        }
        return new Shown()
                .put(
                        TRACES,
                        new Shown()
                                .put(ENDPOINT, traces.endpoint())
                                .put(HEADERS, List.copyOf(traces.headers().keySet()))
                                .put(SAMPLE, traces.sample())
                                .put(ACCEPT_PARENT, traces.acceptParent())
                                .put(PROPAGATE, traces.propagate())
                                .map())
                .map();
    }
}
