package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.Secret;
import dev.tierway.bootstrap.config.Node.Written;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Shapes of words: texts, ids, choices, secrets. */
final class Scalars {
    private static final Set<Written> AS_TEXT = Set.of(Written.TEXT);
    private static final int LONGEST = 16_384;
    private static final Map<String, Object> NON_EMPTY = Map.of("type", "string", "pattern", "\\S");

    static final ScalarShape<String> TEXT = new ScalarShape<>("text", AS_TEXT, NON_EMPTY, Scalars::printable);

    static final ScalarShape<Secret> SECRET =
            new ScalarShape<>("a secret", AS_TEXT, NON_EMPTY, text -> new Secret(printable(text)), true);

    static final ScalarShape<Boolean> TRUE_OR_FALSE = new ScalarShape<>(
            "true or false", Set.of(Written.BOOLEAN), Map.of("type", "boolean"), text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                case String other -> throw new Unfit("must be true or false", null);
            });

    /** YAML 1.1, which is what is read, takes the plain words for truth values; JSON and YAML 1.2 know only those. */
    static final ScalarShape<Boolean> ON_OR_OFF = new ScalarShape<>(
            "on or off",
            Set.of(Written.TEXT, Written.BOOLEAN),
            Map.of("enum", List.of("on", "off", true, false)),
            text -> switch (text) {
                case "on", "true" -> true;
                case "off", "false" -> false;
                case String other -> throw new Unfit("must be on or off", null);
            });

    private Scalars() {}

    /** An id of lower-case letters, digits and {@code . _ -}. */
    static <T> ScalarShape<T> name(String phrase, Function<String, T> parse) {
        return matching(phrase, "^[a-z0-9][a-z0-9._-]{0,199}$", parse);
    }

    /** An id that may also hold capitals and {@code : / @ +}. */
    static <T> ScalarShape<T> path(String phrase, Function<String, T> parse) {
        return matching(phrase, "^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$", parse);
    }

    /** @param pattern for the schema; {@code parse} must accept exactly the same */
    static <T> ScalarShape<T> matching(String phrase, String pattern, Function<String, T> parse) {
        return new ScalarShape<>(phrase, AS_TEXT, Map.of("type", "string", "pattern", pattern), parse);
    }

    static <T> ScalarShape<T> choice(String what, List<T> values, Function<T, String> name) {
        List<String> names = values.stream().map(name).toList();
        return new ScalarShape<>("one of " + String.join(", ", names), AS_TEXT, Map.of("enum", names), text -> {
            int index = names.indexOf(text);
            if (index >= 0) {
                return values.get(index);
            }
            String closest = DidYouMean.closest(text, names);
            throw new Unfit(
                    "unknown " + what + " '" + text + "'",
                    closest == null ? "use one of " + String.join(", ", names) : "did you mean '" + closest + "'?");
        });
    }

    private static String printable(String text) {
        if (text.length() > LONGEST) {
            throw new Unfit("must not be longer than " + LONGEST + " characters", null);
        }
        if (text.isBlank()) {
            throw new Unfit("must not be empty", null);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Unfit("must not hold control characters or line breaks", null);
        }
        return text;
    }
}
