package dev.tierway.application.rules;

/**
 * A name, or all names that begin alike.
 *
 * @param text whole, or a prefix followed by {@code *}
 */
public record NamePattern(String text) {
    public boolean matches(String name) {
        return text.endsWith("*") ? name.startsWith(text.substring(0, text.length() - 1)) : name.equals(text);
    }
}
