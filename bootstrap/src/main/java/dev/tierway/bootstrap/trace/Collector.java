package dev.tierway.bootstrap.trace;

import dev.tierway.TracesConfig;
import dev.tierway.domain.catalogue.ProviderId;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Traces for a collector the configuration names. */
public final class Collector {
    private static final long CLOSE_SECONDS = 5;
    private static final String PATH = "/v1/traces";

    private Collector() {}

    /**
     * @param version of Tierway
     * @param instance this process's name
     * @throws IllegalStateException if OpenTelemetry isn't on the class path
     */
    public static CallTracing open(
            TracesConfig config, Function<ProviderId, String> names, String version, String instance) {
        try {
            return sending(config, names, version, instance);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "observability.traces needs OpenTelemetry's SDK: add io.opentelemetry:opentelemetry-sdk-trace to"
                            + " the class path, or remove the key",
                    missing);
        }
    }

    private static CallTracing sending(
            TracesConfig config, Function<ProviderId, String> names, String version, String instance) {
        Map<String, String> headers = new TreeMap<>();
        config.headers().forEach((name, secret) -> headers.put(name, secret.reveal()));
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"), "tierway",
                        AttributeKey.stringKey("service.version"), version,
                        AttributeKey.stringKey("service.instance.id"), instance)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.sample())))
                .addSpanProcessor(BatchSpanProcessor.builder(new OtlpJsonExporter(traces(config.endpoint()), headers))
                        .build())
                .build();
        return new OpenTelemetryTracing(
                provider,
                names,
                config.acceptParent(),
                config.propagate(),
                () -> provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS));
    }

    /** A collector's address is its base, as everywhere with this protocol; the path may be written out. */
    private static URI traces(URI endpoint) {
        String text = endpoint.toString();
        return text.endsWith(PATH) ? endpoint : URI.create(text + PATH);
    }
}
