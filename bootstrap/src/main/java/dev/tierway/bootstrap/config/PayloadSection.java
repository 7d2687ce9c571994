package dev.tierway.bootstrap.config;

import dev.tierway.domain.routing.PayloadSettings;
import java.util.List;

/** {@code routing.payload}. */
final class PayloadSection {
    static final Key<Double> INPUT_MARGIN = Key.optional(
                    "input-margin",
                    Quantities.SHARE,
                    "By how much the estimate of a request's input tokens may be wrong: a context window is refused by"
                            + " the low end, money is reserved by the high one. Below 100%.")
            .or("20%");
    static final Key<Integer> RULE_TEXT = Key.optional(
                    "rule-text",
                    Quantities.SIZE,
                    "The most of a conversation's text that rules look at; of a longer one the end.")
            .or("64KiB");
    static final Key<Integer> HELD_BACK = Key.optional(
                    "held-back",
                    Quantities.SIZE,
                    "What may precede the first token of an answer and is held back until it comes. More is an"
                            + " upstream fault.")
            .or("64KiB");

    static final Section<PayloadSettings> SECTION = Section.of(
            "payload",
            "How much is made of what requests and replies hold.",
            List.of(INPUT_MARGIN, RULE_TEXT, HELD_BACK),
            v -> new PayloadSettings(v.value(INPUT_MARGIN), v.value(RULE_TEXT), v.value(HELD_BACK), false));

    private PayloadSection() {}
}
