package dev.tierway.adapter.providers.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a vendor is sent.
 *
 * @param path under the provider's base URL, or from the server's root if it begins with a slash; with a query if need be
 * @param headers of the vendor's own, beside those every request has; no credential
 * @param body JSON; owned by this record
 */
public record UpstreamRequest(String path, Map<String, String> headers, byte[] body) {
    public UpstreamRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public UpstreamRequest(String path, byte[] body) {
        this(path, Map.of(), body);
    }
}
