package dev.tierway.application.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value, strictly by RFC 8259. Of two members of one name the later would be lost, so that is refused. */
final class JsonReader {
    private static final int DEEPEST = 200;
    /** Digits beyond that make no meaningful number, and cost time. */
    private static final int LONGEST_NUMBER = 400;

    private static final int MOST_SCALE = 10_000;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object whole() {
        Object value = value();
        space();
        if (at < text.length()) {
            throw wrong("something follows the value");
        }
        return value;
    }

    private @Nullable Object value() {
        space();
        if (at == text.length()) {
            throw wrong("a value is missing");
        }
        return switch (text.charAt(at)) {
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Object nested(java.util.function.Supplier<Object> read) {
        if (++depth > DEEPEST) {
            throw wrong("it is nested deeper than " + DEEPEST);
        }
        at++;
        Object value = read.get();
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        space();
        if (taken('}')) {
            return members;
        }
        do {
            space();
            if (at == text.length() || text.charAt(at) != '"') {
                throw wrong("a member's name is missing");
            }
            String name = string();
            space();
            if (!taken(':')) {
                throw wrong("a colon is missing");
            }
            Object value = value();
            if (members.containsKey(name)) {
                throw wrong("two members have the name '" + name + "'");
            }
            members.put(name, value);
            space();
        } while (taken(','));
        if (!taken('}')) {
            throw wrong("an object doesn't end");
        }
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> values = new ArrayList<>();
        space();
        if (taken(']')) {
            return values;
        }
        do {
            values.add(value());
            space();
        } while (taken(','));
        if (!taken(']')) {
            throw wrong("an array doesn't end");
        }
        return values;
    }

    private @Nullable Object word(String word, @Nullable Object means) {
        if (!text.startsWith(word, at)) {
            throw wrong("no such word");
        }
        at += word.length();
        return means;
    }

    private BigDecimal number() {
        int start = at;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.length() > LONGEST_NUMBER
                || !digits.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,9})?")) {
            at = start;
            throw wrong(digits.isEmpty() ? "no value begins so" : "that is no number");
        }
        BigDecimal number = new BigDecimal(digits);
        if (Math.abs((long) number.scale()) > MOST_SCALE) {
            throw wrong("that number is beyond reason");
        }
        return number;
    }

    private String string() {
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                throw wrong("a control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        throw wrong("a string doesn't end");
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                String hex = text.substring(at, Math.min(at + 4, text.length()));
                if (!hex.matches("[0-9a-fA-F]{4}")) {
                    throw wrong("an escape that isn't one");
                }
                at += 4;
                yield (char) Integer.parseInt(hex, 16);
            }
            default -> throw wrong("an escape that isn't one");
        };
    }

    private boolean taken(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("not JSON at character " + (at + 1) + ": " + why);
    }
}
