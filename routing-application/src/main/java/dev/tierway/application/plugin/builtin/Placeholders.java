package dev.tierway.application.plugin.builtin;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands in a call's request in place of what was taken out: {@code [EMAIL_1]}, one value always the same. */
final class Placeholders {
    private static final int LONGEST = 256;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> byValue = new LinkedHashMap<>();
    private final Map<String, String> byName = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int longest;

    /** @param original all text of the request: a placeholder the caller wrote himself is none of ours */
    Placeholders(String original) {
        for (int open = original.indexOf('['); open >= 0; open = original.indexOf('[', open + 1)) {
            int close = closing(original, open, LONGEST);
            if (close > 0) {
                taken.add(original.substring(open, close + 1));
            }
        }
    }

    /** The bracket that closes what the one at {@code open} opens; -1 if none is near. */
    private static int closing(String text, int open, int most) {
        int last = Math.min(text.length(), open + most);
        for (int i = open + 1; i < last; i++) {
            if (text.charAt(i) == ']') {
                return i;
            }
        }
        return -1;
    }

    String of(String kind, String value) {
        return byValue.computeIfAbsent(kind + ' ' + value, any -> {
            String name;
            do {
                name = '[' + kind + '_' + counts.merge(kind, 1, Integer::sum) + ']';
            } while (taken.contains(name));
            byName.put(name, value);
            longest = Math.max(longest, name.length());
            return name;
        });
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** How many values of each kind, in words: {@code 2 email, 1 card}. */
    String counted() {
        Map<String, Integer> kinds = new TreeMap<>();
        byName.keySet().forEach(name -> kinds.merge(name.substring(1, name.lastIndexOf('_')), 1, Integer::sum));
        StringBuilder words = new StringBuilder();
        kinds.forEach((kind, n) ->
                words.append(words.isEmpty() ? "" : ", ").append(n).append(' ').append(kind.toLowerCase(Locale.ROOT)));
        return words.toString();
    }

    /** The text with what was taken out put back. */
    String restored(String text, boolean inJson) {
        int open = text.indexOf('[');
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int from = 0;
        while (open >= 0) {
            int close = closing(text, open, longest);
            String value = close < 0 ? null : valueOf(text.substring(open, close + 1));
            if (value != null) {
                out.append(text, from, open).append(inJson ? JsonStrings.escaped(value) : value);
                from = close + 1;
            }
            open = text.indexOf('[', Math.max(from, open + 1));
        }
        return out.append(text, from, text.length()).toString();
    }

    private @Nullable String valueOf(String name) {
        return byName.get(name);
    }

    /** From where on the text could be the beginning of a placeholder that is cut off; its length if nowhere. */
    int openEnd(String text) {
        int open = text.lastIndexOf('[');
        if (open < 0 || text.indexOf(']', open) >= 0 || text.length() - open >= longest) {
            return text.length();
        }
        String tail = text.substring(open);
        return byName.keySet().stream().anyMatch(name -> name.startsWith(tail)) ? open : text.length();
    }
}
