package dev.tierway.adapter.http.anthropic;

import org.jspecify.annotations.Nullable;

/**
 * Whose reasoning it is. Anthropic's signatures stand as they are; others' are marked with their vendor, so that they
 * come back to it, and to nobody else.
 *
 * @param vendor null if nobody signed
 * @param value empty if nobody signed
 */
record Signature(@Nullable String vendor, String value) {
    static final String ANTHROPIC = "anthropic";
    private static final String MARK = "tierway.";
    private static final Signature NONE = new Signature(null, "");

    /** @param written as a client sends it */
    static Signature read(String written) {
        if (written.isEmpty()) {
            return NONE;
        }
        int dot = written.startsWith(MARK) ? written.indexOf('.', MARK.length()) : -1;
        return dot < 0
                ? new Signature(ANTHROPIC, written)
                : new Signature(written.substring(MARK.length(), dot), written.substring(dot + 1));
    }

    static String written(@Nullable String vendor, @Nullable String signature) {
        if (signature == null || vendor == null) {
            return "";
        }
        return vendor.equals(ANTHROPIC) ? signature : MARK + vendor + "." + signature;
    }

    boolean anthropics() {
        return ANTHROPIC.equals(vendor);
    }
}
