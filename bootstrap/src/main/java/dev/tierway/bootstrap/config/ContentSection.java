package dev.tierway.bootstrap.config;

import dev.tierway.application.rules.Condition;
import dev.tierway.application.rules.TextPattern;
import java.util.List;

/** {@code rules[].when.content}. */
final class ContentSection {
    static final Key<List<String>> ANY_OF =
            Key.optional("any-of", new OneOrMany<>(words()), "One of these texts occurs, exactly as written.");
    static final Key<List<String>> ALL_OF =
            Key.optional("all-of", new OneOrMany<>(words()), "All of these texts occur, exactly as written.");
    static final Key<List<TextPattern>> MATCHES = Key.optional(
            "matches",
            new OneOrMany<>(new ScalarShape<>(
                    "a pattern such as (?i)select .* from",
                    Scalars.TEXT.accepts(),
                    Scalars.TEXT.schema(),
                    text -> Re2Pattern.of(Scalars.TEXT.parse().apply(text)))),
            "One of these [RE2](https://github.com/google/re2/wiki/Syntax) patterns occurs; `(?i)` in front ignores"
                    + " case.");

    static final Section<Condition> SECTION = Section.of(
            "content",
            "What the messages say, tool results and system messages too: at most `routing.payload.rule-text` of it, of"
                    + " longer conversations the end. Of several keys all must hold.",
            List.of(ANY_OF, ALL_OF, MATCHES),
            v -> {
                if (!v.has(ANY_OF) && !v.has(ALL_OF) && !v.has(MATCHES)) {
                    throw new Unfit("looks for nothing", "add any-of, all-of or matches");
                }
                return new Condition.Content(
                        v.get(ANY_OF, List.of()), v.get(ALL_OF, List.of()), v.get(MATCHES, List.of()));
            });

    private ContentSection() {}

    /** Unlike other texts these may begin or end with spaces, which count. */
    private static ScalarShape<String> words() {
        return new ScalarShape<>(
                "a text to look for", Scalars.TEXT.accepts(), Scalars.TEXT.schema(), Scalars.TEXT.parse());
    }
}
