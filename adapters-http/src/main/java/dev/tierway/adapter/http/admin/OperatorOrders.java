package dev.tierway.adapter.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.Suggestion;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.OperatorOrder.Topic;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an operator's order from a body. A member nobody knows is an error: nothing an operator writes is passed over. */
final class OperatorOrders {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final Topic topic;
    private final String member;
    private final List<String> scopes;
    private final String door;

    /**
     * @param topic of the order
     * @param member that says what is ordered
     * @param door whom the admin port let in
     */
    OperatorOrders(Topic topic, String member, String door) {
        this.topic = topic;
        this.member = member;
        this.scopes = Stream.of(Scope.Level.values())
                .filter(level -> fits(topic, level))
                .map(Scope.Level::id)
                .toList();
        this.door = door;
    }

    private static boolean fits(Topic topic, Scope.Level level) {
        return switch (topic) {
            case PHASE, MARK, CIRCUIT -> level.ofReplicas();
            case RULE -> level == Scope.Level.RULE;
            case ROUTE -> level == Scope.Level.ROUTE;
            case STRATEGY -> false;
            case HOLD -> level.compareTo(Scope.Level.AGENT) >= 0;
        };
    }

    /** @throws HttpProblem 400, naming what is wrong */
    OperatorCommand read(byte[] body) {
        JsonNode json = Json.document(body);
        if (!json.isObject()) {
            throw HttpProblem.invalid("The body must be one JSON object.", null);
        }
        requireKnown(json);
        return new OperatorCommand(scope(json), order(json), lasting(json), text(json, "reason"), author(json));
    }

    private void requireKnown(JsonNode json) {
        List<String> known = new ArrayList<>(scopes);
        known.add(member);
        if (topic != Topic.CIRCUIT) {
            known.add("for");
        }
        known.addAll(List.of("reason", "author"));
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String hint = Suggestion.closest(name, known)
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse(" Known are " + String.join(", ", known) + ".");
                throw HttpProblem.invalid("There is no member '" + name + "' here." + hint, name);
            }
        });
    }

    private Scope scope(JsonNode json) {
        if (scopes.isEmpty()) {
            return Scope.gateway();
        }
        List<String> named =
                scopes.size() == 1 ? scopes : scopes.stream().filter(json::has).toList();
        if (named.size() != 1) {
            throw HttpProblem.invalid(
                    "Name exactly one of " + String.join(", ", scopes) + ", not "
                            + (named.isEmpty() ? "none" : String.join(" and ", named)) + ".",
                    null);
        }
        String level = named.getFirst();
        try {
            return new Scope(Scope.Level.parse(level), required(json, level));
        } catch (IllegalArgumentException notAnId) {
            throw HttpProblem.invalid(level + ": " + notAnId.getMessage(), level);
        }
    }

    private OperatorOrder order(JsonNode json) {
        if (topic == Topic.RULE) {
            return new OperatorOrder.SwitchRule(flag(json, member));
        }
        if (topic == Topic.ROUTE) {
            return new OperatorOrder.SwitchRoute(flag(json, member));
        }
        try {
            return OperatorOrder.parse(topic.id(), required(json, member));
        } catch (IllegalArgumentException unknown) {
            throw HttpProblem.invalid(member + ": " + unknown.getMessage(), member);
        }
    }

    private static @Nullable Duration lasting(JsonNode json) {
        String text = text(json, "for");
        if (text == null) {
            return null;
        }
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw HttpProblem.invalid("for: '" + text + "' is no length of time like 30m, 2h or 7d.", "for");
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

    /** Whom the door let in, and who they say they are: the door knows no more than that somebody has the token. */
    private String author(JsonNode json) {
        String claimed = text(json, "author");
        return claimed == null || claimed.isBlank() ? door : door + "/" + claimed.strip();
    }

    private static String required(JsonNode json, String name) {
        String text = text(json, name);
        if (text == null) {
            throw HttpProblem.invalid(name + ": say which.", name);
        }
        return text;
    }

    private static boolean flag(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isBoolean()) {
            throw HttpProblem.invalid(name + ": must be true or false.", name);
        }
        return value.booleanValue();
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw HttpProblem.invalid(name + ": must be a string.", name);
        }
        return value.textValue();
    }
}
