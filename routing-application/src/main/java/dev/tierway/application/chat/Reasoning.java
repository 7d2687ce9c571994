package dev.tierway.application.chat;

import org.jspecify.annotations.Nullable;

/**
 * How much the model may think; null leaves it to the model.
 *
 * @param effort a word: {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high} or a vendor's own
 * @param budgetTokens most tokens of it; 0 is none
 * @param shown whether the answer should hold the thoughts
 */
public record Reasoning(
        @Nullable String effort,
        @Nullable Long budgetTokens,
        @Nullable Boolean shown) {
    public static final Reasoning UNSAID = new Reasoning(null, null, null);

    /** @throws IllegalArgumentException for a negative budget */
    public Reasoning {
        if (budgetTokens != null && budgetTokens < 0) {
            throw new IllegalArgumentException("a reasoning budget must be 0 or more, not " + budgetTokens);
        }
    }

    /** Whether the model is asked to think. */
    public boolean wanted() {
        return (effort != null && !effort.equals("none")) || (budgetTokens != null && budgetTokens > 0);
    }
}
