package dev.tierway.application.port.in;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One API key, for people. Times are RFC 3339.
 *
 * @param state active | expired | revoked | unusable (made with a pepper this instance doesn't have)
 * @param origin stored | configured
 * @param allow what it may use, by list; a list that isn't there doesn't narrow
 * @param fixed options every call with it has
 * @param limits of all its calls together, e.g. {@code requests-per-minute}
 * @param lastUsed as far as it is known; null: never
 */
public record KeyStatus(
        String id,
        String state,
        String origin,
        List<String> scopes,
        Map<String, List<String>> allow,
        Map<String, Object> fixed,
        Map<String, Long> limits,
        List<SecretStatus> secrets,
        @Nullable String author,
        @Nullable String note,
        @Nullable String created,
        @Nullable String expires,
        @Nullable String revoked,
        @Nullable String lastUsed) {
    /**
     * One of its secrets.
     *
     * @param hint how a drawn one ends; null: it was brought along
     * @param until when it stops working; null: with its key
     */
    public record SecretStatus(
            @Nullable String hint, @Nullable String until) {}
}
