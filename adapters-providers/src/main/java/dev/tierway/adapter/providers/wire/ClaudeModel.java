package dev.tierway.adapter.providers.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells of how it wants to be asked to think. Claude 4.6 brought adaptive thinking; those before it
 * know budgets alone, those after it refuse them.
 *
 * @param version 46 for 4.6; unknown names count as new
 */
public record ClaudeModel(int version) {
    private static final int FIRST_ADAPTIVE = 46;
    private static final int FIRST_WITHOUT_SAMPLING = 47;
    private static final int UNKNOWN = 99;
    /** {@code claude-opus-4-6}, {@code claude-haiku-4-5-20251001}, {@code claude-3-7-sonnet-latest}, {@code claude-sonnet-5}. */
    private static final Pattern VERSION = Pattern.compile("claude-(?:[a-z]+-)?(\\d)(?:[-.](\\d))?(?!\\d)");

    public static ClaudeModel named(String upstreamModel) {
        Matcher matcher = VERSION.matcher(upstreamModel.toLowerCase(Locale.ROOT));
        if (!matcher.find()) {
            return new ClaudeModel(UNKNOWN);
        }
        String minor = matcher.group(2);
        return new ClaudeModel(Integer.parseInt(matcher.group(1)) * 10 + (minor == null ? 0 : Integer.parseInt(minor)));
    }

    /** Whether it decides itself how much to think, within an effort; else it is given a budget. */
    public boolean adaptive() {
        return version >= FIRST_ADAPTIVE;
    }

    /** Whether it takes a budget although it could decide itself. */
    public boolean takesBudget() {
        return version <= FIRST_ADAPTIVE;
    }

    /**
     * Whether temperature, top_p and top_k may be said; since Claude Opus 4.7 they are refused, even at their defaults. Under a
     * name that tells no version they are said.
     */
    public boolean takesSampling() {
        return version < FIRST_WITHOUT_SAMPLING || version == UNKNOWN;
    }
}
