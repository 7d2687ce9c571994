package dev.tierway.bootstrap.discovery;

import dev.tierway.domain.catalogue.ModelTier;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many parameters a model has, in billions, read as a number from a name or from what a server says: {@code 13b} is
 * not {@code 3b}, {@code 8x7b} is 56, {@code 500M} is 0.5, and {@code a3b} (the active ones of a mixture) counts nothing.
 */
final class ParameterCount {
    /** The number must begin a word: after a letter or a digit it is a part of another. */
    private static final Pattern SIZE =
            Pattern.compile("(?<![a-z0-9.])(?:(\\d{1,3})x)?(\\d{1,4}(?:\\.\\d{1,3})?)\\s?([bmt])(?![a-z0-9])");

    /** Tierway's own judgement, as the tiers of the catalogue are. */
    private static final double MICRO_BELOW = 4;

    private static final double SMALL_BELOW = 15;
    private static final double MID_BELOW = 200;

    private static final double FEWEST_MILLIONS = 10;

    private ParameterCount() {}

    /** Empty if it holds no such number, or several that differ. */
    static OptionalDouble billions(String text) {
        Matcher sizes = SIZE.matcher(withoutContext(text));
        OptionalDouble found = OptionalDouble.empty();
        while (sizes.find()) {
            double experts = sizes.group(1) == null ? 1 : Integer.parseInt(sizes.group(1));
            double number = Double.parseDouble(sizes.group(2));
            if (sizes.group(3).equals("m") && number < FEWEST_MILLIONS) {
                continue; // a window of a million tokens, as in qwen2.5-7b-instruct-1m
            }
            double billions = experts
                    * number
                    * switch (sizes.group(3)) {
                        case "m" -> 0.001;
                        case "t" -> 1_000;
                        default -> 1;
                    };
            if (found.isPresent() && found.getAsDouble() != billions) {
                return OptionalDouble.empty();
            }
            found = OptionalDouble.of(billions);
        }
        return found;
    }

    /** Of a path like {@code hf.co/org/model:Q4} the last part: an organisation's name may hold a number, too. */
    private static String withoutContext(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.substring(lower.lastIndexOf('/') + 1).replace('_', '-');
    }

    static ModelTier tier(double billions) {
        if (billions < MICRO_BELOW) {
            return ModelTier.MICRO;
        }
        if (billions < SMALL_BELOW) {
            return ModelTier.SMALL;
        }
        return billions < MID_BELOW ? ModelTier.MID : ModelTier.FRONTIER;
    }
}
