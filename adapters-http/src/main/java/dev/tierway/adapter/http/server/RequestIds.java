package dev.tierway.adapter.http.server;

import dev.tierway.application.port.out.Entropy;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names of requests: the client's own where it is harmless in logs and headers, else ours. */
final class RequestIds {
    private static final int MAX_LENGTH = 128;

    private RequestIds() {}

    /** The client's own if it is usable, else a new one. */
    static String of(@Nullable String given, Entropy entropy) {
        return given != null && usable(given) ? given : "req_" + HexFormat.of().toHexDigits(entropy.nextLong());
    }

    private static boolean usable(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
