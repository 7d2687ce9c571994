package dev.tierway.adapter.providers.http;

import dev.tierway.application.port.out.ReplyHead;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status and headers of a reply. */
public record UpstreamHead(int status, MultiMap headers) {
    private static final int MAX_HEADERS = 32;
    private static final int MAX_VALUE = 1024;

    /** Whether the vendor accepted the request. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** Why the body can't be read as that media type; null if it can. A missing type is taken as the right one. */
    public @Nullable String notReadableAs(String mediaType) {
        String encoding = headers.get("content-encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            return "the provider's reply is compressed, which was not asked for";
        }
        String type = headers.get("content-type");
        if (type == null) {
            return null;
        }
        int semicolon = type.indexOf(';');
        String bare = semicolon < 0 ? type : type.substring(0, semicolon);
        return bare.strip().equalsIgnoreCase(mediaType) ? null : "the provider's reply is not of type " + mediaType;
    }

    /** What of it may cross the port: allow-listed names, bounded. */
    public ReplyHead forCaller() {
        Map<String, String> allowed = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (isAllowed(name) && header.getValue().length() <= MAX_VALUE && allowed.size() < MAX_HEADERS) {
                allowed.putIfAbsent(name, header.getValue());
            }
        }
        return new ReplyHead(status, allowed);
    }

    private static boolean isAllowed(String name) {
        return name.equals("openai-processing-ms")
                || name.equals("x-request-id")
                || name.startsWith("x-ratelimit-")
                || name.startsWith("retry-after");
    }
}
