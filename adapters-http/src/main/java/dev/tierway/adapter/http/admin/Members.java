package dev.tierway.adapter.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.Suggestion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of an operator's JSON object. One nobody knows is an error: nothing an operator writes is passed over. */
final class Members {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final JsonNode json;
    private final String path;

    private Members(JsonNode json, String path) {
        this.json = json;
        this.path = path;
    }

    /** @throws HttpProblem 400 if it isn't one object with these members or fewer */
    static Members read(byte[] body, List<String> known) {
        JsonNode json = Json.document(body);
        if (!json.isObject()) {
            throw HttpProblem.invalid("The body must be one JSON object.", null);
        }
        return new Members(json, "").knowing(known);
    }

    private Members knowing(List<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String hint = Suggestion.closest(name, known)
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse(" Known are " + String.join(", ", known) + ".");
                throw HttpProblem.invalid("There is no member '" + path + name + "' here." + hint, path + name);
            }
        });
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    /** The object under that name with these members or fewer; an empty one if there is none. */
    Members object(String name, List<String> known) {
        return object(name).knowing(known);
    }

    private Members object(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return new Members(Json.document("{}".getBytes(StandardCharsets.US_ASCII)), path + name + ".");
        }
        if (!value.isObject()) {
            throw HttpProblem.invalid(path + name + ": must be an object.", path + name);
        }
        return new Members(value, path + name + ".");
    }

    boolean isObject(String name) {
        return json.path(name).isObject();
    }

    /** Its own names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A number or a string, as text. */
    String plain(String name) {
        return json.path(name).asText();
    }

    /** The names in the object under that name, which may be any. */
    List<String> namesOf(String name) {
        List<String> names = new ArrayList<>();
        object(name).json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** As {@link #object(String, List)}, whatever it holds. */
    Members open(String name) {
        return object(name);
    }

    @Nullable
    String text(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw HttpProblem.invalid(path + name + ": must be a string.", path + name);
        }
        return value.textValue();
    }

    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw HttpProblem.invalid(path + name + ": say which.", path + name);
        }
        return text;
    }

    boolean flag(String name) {
        JsonNode value = json.path(name);
        if (!value.isBoolean()) {
            throw HttpProblem.invalid(path + name + ": must be true or false.", path + name);
        }
        return value.booleanValue();
    }

    long wholeNumber(String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw HttpProblem.invalid(path + name + ": must be a whole number.", path + name);
        }
        return value.longValue();
    }

    /** Empty if there is none; an empty list isn't taken for one, since nobody would know what it means. */
    List<String> texts(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(one -> texts.add(one.isTextual() ? one.textValue() : ""));
        if (!value.isArray() || texts.isEmpty() || texts.contains("")) {
            throw HttpProblem.invalid(path + name + ": must be a list of strings with one at least.", path + name);
        }
        return texts;
    }

    /** A length of time like {@code 30m}; null if there is none. */
    @Nullable
    Duration span(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw HttpProblem.invalid(
                    path + name + ": '" + text + "' is no length of time like 30m, 2h or 7d.", path + name);
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Whom the door let in, and who they say they are: the door knows no more than whose secret it was. */
    String author(String door) {
        String claimed = text("author");
        return claimed == null || claimed.isBlank() ? door : door + "/" + claimed.strip();
    }
}
