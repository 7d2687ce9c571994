package dev.tierway.application.toolaccess;

/**
 * Names of tools.
 *
 * @param text a name in which each {@code *} stands for any characters. A dot and two underscores are the same: models can't be
 *     told names with dots, so a source's tool {@code shell.run} is offered as {@code shell__run}
 */
public record ToolPattern(String text) {
    /** @throws IllegalArgumentException if it is empty */
    public ToolPattern {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a tool's name must not be empty");
        }
    }

    public boolean matches(String tool) {
        return matches(plain(text), 0, plain(tool), 0);
    }

    private static String plain(String name) {
        return name.replace("__", ".");
    }

    /** Greedy with one place to come back to: linear in practice, never exponential. */
    private static boolean matches(String pattern, int p, String name, int n) {
        int star = -1;
        int retry = 0;
        int at = p;
        int of = n;
        while (of < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = of;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(of)) {
                at++;
                of++;
            } else if (star >= 0) {
                at = star + 1;
                of = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
