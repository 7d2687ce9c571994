package dev.tierway;

import dev.tierway.adapter.providers.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where traces go.
 *
 * @param endpoint a collector that speaks OpenTelemetry's protocol over HTTP
 * @param headers sent to it
 * @param sample the share of calls that are traced, unless their caller has decided
 * @param acceptParent whether a client's {@code traceparent} is followed
 * @param propagate whether vendors get one
 */
public record TracesConfig(
        URI endpoint, Map<String, Secret> headers, double sample, boolean acceptParent, boolean propagate) {
    public TracesConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
