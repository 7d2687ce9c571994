package dev.tierway.domain.catalogue;

/** The two shapes of identifiers: plain names, and paths that may hold slashes, colons and capitals. */
final class Ids {
    private static final int MAX_LENGTH = 200;

    private Ids() {}

    static void requireName(String what, String text) {
        require(what, text, "a-z 0-9 . _ -", false);
    }

    static void requirePath(String what, String text) {
        require(what, text, "letters, digits and . _ - : / @ +", true);
    }

    static boolean isName(String text) {
        return fits(text, false);
    }

    static boolean isPath(String text) {
        return fits(text, true);
    }

    private static void require(String what, String text, String allowed, boolean path) {
        if (!fits(text, path)) {
            throw new IllegalArgumentException("'" + text + "' is not a valid " + what + " id: use up to " + MAX_LENGTH
                    + " characters of " + allowed + ", starting with a letter or digit");
        }
    }

    private static boolean fits(String text, boolean path) {
        boolean ok = !text.isEmpty() && text.length() <= MAX_LENGTH && isStart(text.charAt(0), path);
        for (int i = 1; ok && i < text.length(); i++) {
            char c = text.charAt(i);
            ok = isStart(c, path)
                    || c == '.'
                    || c == '_'
                    || c == '-'
                    || (path && (c == ':' || c == '/' || c == '@' || c == '+'));
        }
        return ok;
    }

    private static boolean isStart(char c, boolean path) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (path && c >= 'A' && c <= 'Z');
    }
}
