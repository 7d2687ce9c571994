package dev.tierway.adapter.providers.google;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells of how it wants to be asked. Names without a number ({@code gemini-flash-latest}) mean the
 * newest.
 *
 * @param generation 0 if it isn't a Gemini at all
 */
record GeminiModel(int generation) {
    private static final Pattern NUMBERED = Pattern.compile("gemini-(\\d{1,3})(?:[.-].*)?");
    private static final int NEWEST = 999;

    static GeminiModel of(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        Matcher numbered = NUMBERED.matcher(last);
        if (numbered.matches()) {
            return new GeminiModel(Integer.parseInt(numbered.group(1)));
        }
        return new GeminiModel(last.startsWith("gemini-") ? NEWEST : 0);
    }

    /** Up to generation 2.5 thinking is measured in tokens, later in levels. */
    boolean thinksInTokens() {
        return generation == 1 || generation == 2;
    }

    /** From generation 3 on a function call of an earlier turn is refused without its thought's signature. */
    boolean wantsSignatures() {
        return generation >= 3;
    }
}
