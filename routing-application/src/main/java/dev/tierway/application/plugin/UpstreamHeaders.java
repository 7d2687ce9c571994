package dev.tierway.application.plugin;

import java.util.Locale;
import java.util.Set;

/**
 * Which headers plugins may send to vendors: names of tracing, of attribution and of vendors' switches, and whatever
 * begins with {@code x-}, but for what is a credential, belongs to the connection, or tells who the client is.
 */
public final class UpstreamHeaders {
    private static final Set<String> NAMED = Set.of(
            "anthropic-beta",
            "baggage",
            "http-referer",
            "openai-beta",
            "openai-organization",
            "openai-project",
            "traceparent",
            "tracestate");

    private static final Set<String> NEVER = Set.of("x-api-key", "x-request-id", "x-real-ip", "x-http-method-override");

    private static final Set<String> NEVER_BEGINNING = Set.of("x-forwarded", "x-amz-", "x-goog-", "x-tierway-");

    private UpstreamHeaders() {}

    /**
     * The name as it is sent.
     *
     * @throws IllegalArgumentException if that header must not be set, or name or value hold what no header may
     */
    public static String checked(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean word =
                !lower.isEmpty() && lower.chars().allMatch(c -> c == '-' || (Character.isLetterOrDigit(c) && c < 128));
        boolean allowed = NAMED.contains(lower)
                || (lower.startsWith("x-")
                        && !NEVER.contains(lower)
                        && NEVER_BEGINNING.stream().noneMatch(lower::startsWith));
        if (!word || !allowed) {
            throw new IllegalArgumentException("header '" + name + "' can't be set: allowed are "
                    + String.join(", ", NAMED.stream().sorted().toList())
                    + " and names of your own that begin with x-");
        }
        if (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("the value of header '" + name + "' must be printable ASCII");
        }
        return lower;
    }
}
