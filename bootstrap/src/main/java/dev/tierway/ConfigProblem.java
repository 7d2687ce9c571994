package dev.tierway;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or doubtful, in a configuration. Never holds a secret's value.
 *
 * @param file as it was named
 * @param line counted from 1; 0 if the problem is the file's as a whole
 * @param column counted from 1; 0 if the problem is the file's as a whole
 * @param path the keys that lead to the place, e.g. {@code models[0].replicas[1].price}; empty for the whole
 * @param suggestion what to do about it; null if that is obvious
 */
public record ConfigProblem(
        Severity severity,
        String file,
        int line,
        int column,
        String path,
        String message,
        @Nullable String suggestion) {
    /** Whether the configuration can be used in spite of it. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** One line for people: {@code FILE:LINE:COLUMN: PATH: message; suggestion}. */
    @Override
    public String toString() {
        return file
                + (line > 0 ? ":" + line + ":" + column : "")
                + ": "
                + (severity == Severity.WARNING ? "warning: " : "")
                + (path.isEmpty() ? "" : path + ": ")
                + message
                + (suggestion == null ? "" : "; " + suggestion);
    }
}
