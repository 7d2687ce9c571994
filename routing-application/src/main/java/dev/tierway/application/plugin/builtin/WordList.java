package dev.tierway.application.plugin.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words to look for, in time linear in the text's length however many they are: a trie of whole words, over text cut where
 * neither letters nor digits stand. What stands between the words of an entry doesn't matter, so that {@code
 * secret-project} finds {@code secret project}, too.
 */
public final class WordList {
    private final boolean ignoreCase;
    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private @Nullable String entry;
    }

    /** @throws IllegalArgumentException for an entry without letters and digits */
    public WordList(List<String> entries, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        for (String entry : entries) {
            List<String> words = words(entry);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("'" + entry + "' holds neither letters nor digits: write a pattern");
            }
            Node node = root;
            for (String word : words) {
                node = node.next.computeIfAbsent(word, any -> new Node());
            }
            node.entry = entry;
        }
    }

    /** The first entry that occurs; null if none does. */
    public @Nullable String firstIn(String text) {
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            Node node = root;
            for (int j = i; j < words.size() && node != null; j++) {
                node = node.next.get(words.get(j));
                if (node != null && node.entry != null) {
                    return node.entry;
                }
            }
        }
        return null;
    }

    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); ) {
            int c = i < text.length() ? text.codePointAt(i) : ' ';
            boolean inside = Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                String word = text.substring(start, i);
                words.add(ignoreCase ? word.toLowerCase(Locale.ROOT) : word);
                start = -1;
            }
            i += Character.charCount(c);
        }
        return words;
    }
}
