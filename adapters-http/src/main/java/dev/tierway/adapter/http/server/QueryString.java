package dev.tierway.adapter.http.server;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request's query parameters, strictly: an unknown or malformed one is told, never ignored. */
public final class QueryString {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    private final MultiMap params;

    private QueryString(MultiMap params) {
        this.params = params;
    }

    /** @throws HttpProblem 400 for a parameter that isn't known or is given twice */
    public static QueryString of(Exchange exchange, List<String> known) {
        MultiMap params = exchange.request().params(true);
        for (String name : params.names()) {
            if (!known.contains(name)) {
                String hint = Suggestion.closest(name, known)
                        .map(n -> " Did you mean '" + n + "'?")
                        .orElse(" Known are " + String.join(", ", known) + ".");
                throw HttpProblem.invalid("There is no query parameter '" + name + "'." + hint, name);
            }
            if (params.getAll(name).size() > 1) {
                throw HttpProblem.invalid("The query parameter '" + name + "' is given twice.", name);
            }
        }
        return new QueryString(params);
    }

    /** Null if it isn't given. */
    public @Nullable String text(String name) {
        String value = params.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Null if it isn't given. */
    public @Nullable Boolean flag(String name) {
        String value = text(name);
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /** Within those bounds. */
    public int number(String name, int from, int to, int otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "a number from " + from + " to " + to);
        }
        throw wrong(name, "a number from " + from + " to " + to);
    }

    /** A time: RFC 3339, or how long ago, e.g. {@code 15m}. */
    public @Nullable Long epochMillis(String name, long nowEpochMillis) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        Matcher ago = AGO.matcher(value);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            Duration span = switch (ago.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            return nowEpochMillis - span.toMillis();
        }
        try {
            return OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw wrong(name, "a time like 2026-01-31T12:00:00Z, or how long ago, like 15m");
        }
    }

    private static HttpProblem wrong(String name, String expected) {
        return HttpProblem.invalid("The query parameter '" + name + "' must be " + expected + ".", name);
    }
}
