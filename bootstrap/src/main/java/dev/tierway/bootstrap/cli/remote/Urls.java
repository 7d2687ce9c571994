package dev.tierway.bootstrap.cli.remote;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses as people type them. */
public final class Urls {
    private Urls() {}

    /**
     * Reads a gateway's address; a trailing slash or {@code /v1} is cut off.
     *
     * @throws IllegalArgumentException if it isn't one
     */
    public static URI base(String text) {
        String trimmed = text.strip().replaceFirst("/+$", "").replaceFirst("/v1$", "");
        URI uri;
        try {
            uri = URI.create(trimmed);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("'" + text + "' is no URL like http://127.0.0.1:8081", malformed);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        boolean bare = uri.getRawPath() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null || !bare) {
            throw new IllegalArgumentException("'" + text + "' is no URL like http://127.0.0.1:8081");
        }
        return uri;
    }

    /** One segment of a path, or a value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
