package dev.tierway.application.plugin.builtin;

import java.util.function.UnaryOperator;

/**
 * Rewrites the strings of a JSON text, names of members too, and its bare numbers where the rewriting makes something else
 * of their digits; everything else stays byte for byte.
 */
final class JsonStrings {
    private JsonStrings() {}

    static String rewrite(String json, UnaryOperator<String> rewriting) {
        StringBuilder out = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            int end;
            if (c == '"') {
                end = endOfString(json, at);
                String literal = json.substring(at, end);
                String value = unescaped(literal);
                String other = rewriting.apply(value);
                out.append(other.equals(value) ? literal : quoted(other));
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                end = endOfNumber(json, at);
                String number = json.substring(at, end);
                String other = rewriting.apply(number);
                out.append(other.equals(number) ? number : quoted(other));
            } else {
                end = at + 1;
                out.append(c);
            }
            at = end;
        }
        return out.toString();
    }

    private static int endOfString(String json, int start) {
        int at = start + 1;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(json.length(), at + 1);
    }

    private static int endOfNumber(String json, int start) {
        int at = start + 1;
        while (at < json.length() && "0123456789+-.eE".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static String unescaped(String literal) {
        int last = literal.length() > 1 && literal.endsWith("\"") ? literal.length() - 1 : literal.length();
        StringBuilder text = new StringBuilder(last);
        for (int i = 1; i < last; i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 >= last) {
                text.append(c);
                continue;
            }
            i++;
            switch (literal.charAt(i)) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    if (i + 4 < literal.length()) {
                        text.append((char) Integer.parseInt(literal.substring(i + 1, i + 5), 16));
                        i += 4;
                    }
                }
                default -> text.append(literal.charAt(i));
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    /** As it stands between the quotes of a JSON string. */
    static String escaped(String text) {
        StringBuilder json = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }
}
