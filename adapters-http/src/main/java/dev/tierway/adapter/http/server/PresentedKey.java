package dev.tierway.adapter.http.server;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secret a request came with, as the clients of different vendors send it: {@code authorization: Bearer},
 * {@code x-api-key} or {@code api-key}. Never in the address, which ends up in logs.
 *
 * @param secret null: there is none, or not just one
 * @param several whether there are several that differ, or something that isn't a key
 */
public record PresentedKey(@Nullable String secret, boolean several) {
    private static final String SCHEME = "Bearer ";
    private static final List<CharSequence> PLAIN =
            List.of(HttpHeaders.createOptimized("x-api-key"), HttpHeaders.createOptimized("api-key"));
    private static final PresentedKey NONE = new PresentedKey(null, false);
    private static final PresentedKey WRONG = new PresentedKey(null, true);

    public static PresentedKey of(MultiMap headers) {
        List<String> authorizations = headers.getAll(HttpHeaders.AUTHORIZATION);
        String found = null;
        if (!authorizations.isEmpty()) {
            String one = authorizations.getFirst();
            if (authorizations.size() > 1 || !one.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return WRONG;
            }
            found = one.substring(SCHEME.length()).strip();
        }
        for (CharSequence name : PLAIN) {
            for (String one : headers.getAll(name)) {
                // Some clients send the same key twice, under two names.
                if (found != null && !found.equals(one.strip())) {
                    return WRONG;
                }
                found = one.strip();
            }
        }
        if (found == null) {
            return NONE;
        }
        return found.isEmpty() ? WRONG : new PresentedKey(found, false);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "PresentedKey[" + (secret == null ? several ? "wrong" : "none" : "hidden") + "]";
    }
}
