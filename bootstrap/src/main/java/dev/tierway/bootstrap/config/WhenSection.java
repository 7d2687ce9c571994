package dev.tierway.bootstrap.config;

import dev.tierway.application.rules.Condition;
import dev.tierway.application.rules.NamePattern;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** {@code rules[].when}. */
final class WhenSection {
    private static final ScalarShape<NamePattern> NAME = pattern("a name, or a prefix and *", NamePattern::new);

    static final Key<Map<String, List<NamePattern>>> HEADER = Key.optional(
            "header",
            new MapShape<>(
                    Scalars.matching("a header's name", "^[A-Za-z0-9_-]+$", WhenSection::headerName),
                    new OneOrMany<>(pattern("a header's value, or a prefix and *", NamePattern::new)),
                    "a set of headers"),
            "Every one of these request headers has the value, or one of the values. Calls from Java have no headers.");
    static final Key<List<NamePattern>> MODEL = Key.optional(
            "model",
            new OneOrMany<>(pattern("an address, or a prefix and *", WhenSection::address)),
            "What the client sent as `model`, or the route that came of it.");
    static final Key<List<ModelTier>> TIER = Key.optional(
            "tier",
            new OneOrMany<>(Scalars.choice("tier", List.of(ModelTier.values()), ModelTier::id)),
            "All candidates are of this tier, or one of these.");
    static final Key<List<UseCase>> USE_CASE = Key.optional(
            "use-case",
            new OneOrMany<>(Scalars.name("a use case", UseCase::new)),
            "The use case asked for. Holds only for addresses of a tier.");
    static final Key<List<NamePattern>> KEY = named("key", "The caller's API key, by its id.");
    static final Key<List<NamePattern>> USER = named("user", "The call's option `user`.");
    static final Key<List<NamePattern>> SESSION = named("session", "The call's option `session`.");
    static final Key<List<NamePattern>> AGENT = named("agent", "The call's option `agent`.");
    static final Key<List<NamePattern>> WORKFLOW = named("workflow", "The call's option `workflow`.");
    static final Key<Map<String, NamePattern>> TAGS = Key.optional(
            "tags",
            new MapShape<>(Scalars.TEXT, NAME, "a set of tags"),
            "Every one of the call's option `tags` has this value.");
    static final Key<Boolean> STREAM =
            Key.optional("stream", Scalars.TRUE_OR_FALSE, "Whether the answer is to be streamed.");
    static final Key<List<Capability>> NEEDS = Key.optional(
            "needs",
            new OneOrMany<>(Scalars.choice("capability", List.of(Capability.values()), Capability::id)),
            "The request needs all of these.");
    static final Key<Condition.InputTokens> INPUT_TOKENS =
            Key.optional("input-tokens", InputTokensSection.SECTION, "The input's estimated size.");
    static final Key<Condition.Hours> HOURS = Key.optional("hours", HoursSection.SECTION, "A part of the day.");
    static final Key<Condition> CONTENT = Key.optional("content", ContentSection.SECTION, "What the messages say.");

    static final Section<List<Condition>> SECTION = Section.of(
            "when",
            "What must hold of a call. Of several keys all must, of several values of one key one must; names may end"
                    + " in `*`. Without any key it holds for every call.",
            List.of(
                    HEADER,
                    MODEL,
                    TIER,
                    USE_CASE,
                    KEY,
                    USER,
                    SESSION,
                    AGENT,
                    WORKFLOW,
                    TAGS,
                    STREAM,
                    NEEDS,
                    INPUT_TOKENS,
                    HOURS,
                    CONTENT),
            WhenSection::conditions);

    private WhenSection() {}

    private static List<Condition> conditions(Values v) {
        List<Condition> all = new ArrayList<>();
        v.get(HEADER, Map.of()).forEach((name, values) -> all.add(new Condition.Header(name, values)));
        add(v, MODEL, Condition.Address::new, all);
        add(v, TIER, Condition.Tier::new, all);
        add(v, USE_CASE, Condition.ForUseCase::new, all);
        add(v, KEY, names -> new Condition.Named(Condition.Carries.KEY, names), all);
        add(v, USER, names -> new Condition.Named(Condition.Carries.USER, names), all);
        add(v, SESSION, names -> new Condition.Named(Condition.Carries.SESSION, names), all);
        add(v, AGENT, names -> new Condition.Named(Condition.Carries.AGENT, names), all);
        add(v, WORKFLOW, names -> new Condition.Named(Condition.Carries.WORKFLOW, names), all);
        add(v, TAGS, Condition.Tags::new, all);
        add(v, STREAM, Condition.Stream::new, all);
        add(v, NEEDS, Condition.Needs::new, all);
        add(v, INPUT_TOKENS, tokens -> tokens, all);
        add(v, HOURS, hours -> hours, all);
        add(v, CONTENT, content -> content, all);
        return all;
    }

    private static <T> void add(Values v, Key<T> key, Function<T, Condition> condition, List<Condition> all) {
        T value = v.get(key);
        if (value != null) {
            all.add(condition.apply(value));
        }
    }

    private static Key<List<NamePattern>> named(String name, String meaning) {
        return Key.optional(name, new OneOrMany<>(NAME), meaning);
    }

    private static ScalarShape<NamePattern> pattern(String phrase, Function<String, NamePattern> parse) {
        return new ScalarShape<>(
                phrase,
                Scalars.TEXT.accepts(),
                Scalars.TEXT.schema(),
                text -> parse.apply(Scalars.TEXT.parse().apply(text)));
    }

    /** A tier's address has two forms, of which calls carry the long one. */
    private static NamePattern address(String text) {
        boolean oneTier = text.startsWith("tier:") && !text.endsWith("*");
        return new NamePattern(oneTier ? Target.parse(text).address() : text);
    }

    private static String headerName(String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new Unfit("is not a header's name", "use letters, digits and -");
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
