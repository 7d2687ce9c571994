package dev.tierway.bootstrap.config;

import dev.tierway.application.rules.Condition;
import java.util.List;

/** {@code rules[].when.input-tokens}. */
final class InputTokensSection {
    private static final long MOST = 1_000_000_000;

    static final Key<Long> MIN = Key.optional("min", Quantities.count(0, MOST), "This many or more.");
    static final Key<Long> MAX = Key.optional("max", Quantities.count(0, MOST), "This many or fewer.");

    static final Section<Condition.InputTokens> SECTION = Section.of(
            "input-tokens",
            "The input's size, as Tierway estimates it before the call.",
            List.of(MIN, MAX),
            InputTokensSection::tokens);

    private InputTokensSection() {}

    private static Condition.InputTokens tokens(Values v) {
        Long min = v.get(MIN);
        Long max = v.get(MAX);
        if (min == null && max == null) {
            throw new Unfit("holds for any size", "add min or max");
        }
        if (min != null && max != null && min > max) {
            throw new Unfit("holds for no size: min is more than max", "exchange them");
        }
        return new Condition.InputTokens(min, max);
    }
}
