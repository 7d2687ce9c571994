package dev.tierway.adapter.providers;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a provider's server is looked at without a call.
 *
 * @param path what to get: under the base URL, or from the server's root if it begins with a slash; null for the kind's
 *     own
 * @param timeout for connecting and the whole answer together
 */
public record ProbeSettings(@Nullable String path, Duration timeout) {
    /** What a path looks like, as a regular expression. No query: a credential has no place in it. */
    public static final String PATH = "^/?[A-Za-z0-9._~!$&'()*+,;=:@%-]+(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)*$";

    private static final Pattern SHAPE = Pattern.compile(PATH);

    /** @throws IllegalArgumentException if nothing could be got there */
    public ProbeSettings {
        if (path != null && !SHAPE.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "a probe's path must be a plain path such as models or /health, without a query");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("a probe's timeout must be more than 0");
        }
    }
}
