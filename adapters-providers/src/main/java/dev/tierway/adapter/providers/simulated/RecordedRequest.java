package dev.tierway.adapter.providers.simulated;

import java.util.Map;

/**
 * A request as it reached a simulated server.
 *
 * @param headers lower-case names; of a repeated one the last
 * @param body its bytes, not to be changed
 */
public record RecordedRequest(String method, String path, Map<String, String> headers, byte[] body) {}
