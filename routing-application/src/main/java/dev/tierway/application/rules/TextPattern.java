package dev.tierway.application.rules;

/**
 * A pattern to be searched for in text. Whoever makes one must search in time linear in the text's length: it comes from
 * callers.
 */
public interface TextPattern {
    /** As it was written. */
    String source();

    /** Whether it occurs anywhere in the text. */
    boolean occursIn(String text);
}
