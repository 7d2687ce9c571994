package dev.tierway.application.plugin.builtin;

import java.util.List;

/**
 * Finds what is looked for in text. Whoever makes one must search in time linear in the text's length: it comes from
 * callers.
 */
public interface SpanFinder {
    /** From left to right, none overlapping another. */
    List<Span> in(String text);

    /** Characters from {@code start} up to, not including, {@code end}. */
    record Span(int start, int end) {}

    /** Makes finders of patterns. */
    interface Compiler {
        /**
         * @param pattern of RE2's syntax
         * @throws IllegalArgumentException in words for people, if it is none
         */
        SpanFinder compile(String pattern);
    }
}
