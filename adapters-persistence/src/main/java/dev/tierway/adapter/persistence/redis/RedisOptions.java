package dev.tierway.adapter.persistence.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where the server is.
 *
 * @param url {@code redis://} or {@code rediss://} (TLS), with {@code user:password@} and {@code /database} if need be
 * @param timeout how long an answer may take before the store counts as failing
 * @param keyPrefix instances with the same one share their limits
 */
public record RedisOptions(String url, Duration timeout, String keyPrefix) {
    public static final Duration TIMEOUT = Duration.ofMillis(250);
    public static final String KEY_PREFIX = "default";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws IllegalArgumentException if it can't be used; the message says what to do and never holds the password */
    public RedisOptions {
        URI uri = parsed(url);
        boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!known || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("must be like redis://host:6379 or rediss://user:password@host:6379/0");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be more than 0");
        }
        if (!PREFIX.matcher(keyPrefix).matches()) {
            throw new IllegalArgumentException("the key prefix may have letters, digits, '.', '_' and '-', at most 64");
        }
    }

    /** With the defaults. */
    public RedisOptions(String url) {
        this(url, TIMEOUT, KEY_PREFIX);
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Not as the cause: its message repeats the address, password and all.
            throw new IllegalArgumentException(
                    "must be like redis://host:6379; write special characters of a password as %XX");
        }
    }

    /** Host and port: what may be shown. */
    public String where() {
        URI uri = URI.create(url);
        return uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
    }

    /** In braces: a cluster keeps all keys with the same text in braces on one server, as scripts need it. */
    String tag() {
        return "{tierway:" + keyPrefix + "}";
    }

    @Override
    public String toString() {
        return "redis at " + where() + ", keys " + tag();
    }
}
