package dev.tierway.adapter.http.options;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.HttpProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a caller gave for one option, as JSON or as a header's text, read as the type the option has. */
sealed interface OptionValue {
    /** As the caller would look for it: {@code tierway.max_cost_usd}, or the header's name. */
    String where();

    String text();

    boolean flag();

    long wholeNumber();

    double number();

    /** Header: separated by commas. */
    List<String> texts();

    /** Header: {@code k=v,k=v}. */
    Map<String, String> pairs();

    default HttpProblem wrong(String expected) {
        return HttpProblem.invalid("'" + where() + "' must be " + expected + ".", where());
    }

    /** Reads text that names something, and turns the reader's complaint into the caller's. */
    default <T> T named(Function<String, T> parse) {
        try {
            return parse.apply(text());
        } catch (IllegalArgumentException e) {
            throw HttpProblem.invalid("'" + where() + "': " + e.getMessage() + ".", where());
        }
    }

    /** A member of the body's {@code tierway} object. */
    record Member(String where, JsonNode node) implements OptionValue {
        @Override
        public String text() {
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw wrong("a string that isn't empty");
            }
            return node.textValue();
        }

        @Override
        public boolean flag() {
            if (!node.isBoolean()) {
                throw wrong("true or false");
            }
            return node.booleanValue();
        }

        @Override
        public long wholeNumber() {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw wrong("a whole number");
            }
            return node.longValue();
        }

        @Override
        public double number() {
            if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
                throw wrong("a number");
            }
            return node.doubleValue();
        }

        @Override
        public List<String> texts() {
            if (!node.isArray()) {
                throw wrong("an array of strings");
            }
            List<String> all = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                all.add(new Member(where + "[" + i + "]", node.get(i)).text());
            }
            return all;
        }

        @Override
        public Map<String, String> pairs() {
            if (!node.isObject()) {
                throw wrong("an object of strings");
            }
            Map<String, String> all = new LinkedHashMap<>();
            node.properties()
                    .forEach(e -> all.put(e.getKey(), new Member(where + "." + e.getKey(), e.getValue()).text()));
            return all;
        }
    }

    /** A header. */
    record Header(String where, String value) implements OptionValue {
        @Override
        public String text() {
            if (value.isBlank()) {
                throw wrong("a text that isn't empty");
            }
            return value.strip();
        }

        @Override
        public boolean flag() {
            return switch (value.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong("true or false");
            };
        }

        @Override
        public long wholeNumber() {
            try {
                return Long.parseLong(value.strip());
            } catch (NumberFormatException e) {
                throw wrong("a whole number");
            }
        }

        @Override
        public double number() {
            try {
                double parsed = Double.parseDouble(value.strip());
                if (Double.isFinite(parsed)) {
                    return parsed;
                }
            } catch (NumberFormatException e) {
                throw wrong("a number");
            }
            throw wrong("a number");
        }

        @Override
        public List<String> texts() {
            List<String> all = new ArrayList<>();
            for (String item : value.split(",", -1)) {
                all.add(new Header(where, item).text());
            }
            return all;
        }

        @Override
        public Map<String, String> pairs() {
            Map<String, String> all = new LinkedHashMap<>();
            for (String pair : texts()) {
                int equals = pair.indexOf('=');
                if (equals < 1 || equals == pair.length() - 1) {
                    throw wrong("a list of name=value, separated by commas");
                }
                all.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            return all;
        }
    }
}
