package dev.tierway.fuzz;

import dev.tierway.adapter.providers.http.RetryAfter;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;

/** What a vendor says of when to come back and of its limits: lines of {@code name: value}. */
public final class RetryAfterFuzz {
    private static final long NOW = 1_790_000_000_000L;

    private RetryAfterFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : new String(data, StandardCharsets.ISO_8859_1).split("\n")) {
            int colon = line.indexOf(':');
            headers.add(colon < 0 ? "retry-after" : line.substring(0, colon), line.substring(colon + 1));
        }
        Long millis = RetryAfter.millis(headers, NOW);
        if (millis != null && (millis < 0 || millis > RetryAfter.CAP_MILLIS)) {
            throw new AssertionError(millis + " ms");
        }
        for (Vendor vendor : Vendor.values()) {
            LimitHeaders.read(headers, vendor, NOW).forEach(limit -> {
                if (limit.remaining() < 0) {
                    throw new AssertionError(limit.toString());
                }
            });
        }
    }
}
