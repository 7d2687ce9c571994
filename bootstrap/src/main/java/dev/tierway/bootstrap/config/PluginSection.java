package dev.tierway.bootstrap.config;

import dev.tierway.PluginConfig;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.plugin.UpstreamHeaders;
import dev.tierway.application.plugin.builtin.HeaderInjection;
import dev.tierway.application.plugin.builtin.PiiKind;
import dev.tierway.application.plugin.builtin.PiiRedaction;
import dev.tierway.application.plugin.builtin.PromptInjection;
import dev.tierway.application.plugin.builtin.RequestLimits;
import dev.tierway.application.plugin.builtin.RequestLogger;
import dev.tierway.application.plugin.builtin.ResponseCaching;
import dev.tierway.application.plugin.builtin.WordFilter;
import dev.tierway.application.plugin.builtin.WordList;
import dev.tierway.domain.call.PluginStage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code plugins[]}: what each kind wants to know. */
final class PluginSection {
    private static final Set<PluginStage> FIRST = EnumSet.of(PluginStage.BEFORE_ROUTING);

    static final Key<List<String>> BLOCKED = Key.optional(
            "blocked",
            new OneOrMany<>(Scalars.TEXT),
            "Words that must not occur, as whole words. What stands between the words of an entry doesn't matter:"
                    + " `secret-project` finds `secret project`, too.");
    static final Key<List<String>> PATTERNS = Key.optional(
            "patterns",
            new OneOrMany<>(pattern()),
            "[RE2](https://github.com/google/re2/wiki/Syntax) patterns that must not match.");
    static final Key<Boolean> MATCH_CASE = Key.optional(
                    "match-case", Scalars.TRUE_OR_FALSE, "`true`: words occur only as they are written here.")
            .or("false");
    static final Key<Boolean> ANSWERS = Key.optional(
                    "answers",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: unary answers are looked at, too, and requests encoded anew for it. Streams are not: what"
                            + " has gone can't be taken back.")
            .or("false");

    static final Section<PluginConfig.WordFilter> WORDS = Section.of(
            "word-filter-config",
            "What must not occur in the text of messages.",
            List.of(BLOCKED, PATTERNS, MATCH_CASE, ANSWERS),
            v -> {
                if (!v.has(BLOCKED) && !v.has(PATTERNS)) {
                    throw new Unfit("blocks nothing", "add blocked or patterns");
                }
                var unused = new WordList(v.get(BLOCKED, List.of()), true);
                return new PluginConfig.WordFilter(
                        v.get(BLOCKED, List.of()), !v.value(MATCH_CASE), v.get(PATTERNS, List.of()), v.value(ANSWERS));
            });

    static final Key<List<PiiKind>> KINDS = Key.optional(
                    "kinds",
                    new OneOrMany<>(Scalars.choice("kind", List.of(PiiKind.values()), PiiKind::id)),
                    "What is taken out: by form, `card` and `iban` by their checksum, too.")
            .absentMeans("all of them");
    static final Key<Map<String, String>> CUSTOM = Key.optional(
            "custom",
            new MapShape<>(Scalars.name("a name", PluginKeys::label), pattern(), "a set of patterns by name"),
            "[RE2](https://github.com/google/re2/wiki/Syntax) patterns of your own; `ticket` is replaced by"
                    + " `[TICKET_1]`.");
    static final Key<Boolean> RESTORE = Key.optional(
                    "restore", Scalars.TRUE_OR_FALSE, "`true`: answers, streamed too, get back what was taken out.")
            .or("false");

    static final Section<PluginConfig.PiiRedaction> PII = Section.of(
            "pii-redaction-config",
            "What is taken out of requests before anything else looks at them.",
            List.of(KINDS, CUSTOM, RESTORE),
            v -> new PluginConfig.PiiRedaction(
                    Set.copyOf(v.get(KINDS, List.of(PiiKind.values()))), v.get(CUSTOM, Map.of()), v.value(RESTORE)));

    static final Key<Long> MAX_TOKENS =
            Key.optional("max-tokens", Quantities.count(1, 10_000_000), "Most tokens a request may ask for.");
    static final Key<Integer> MAX_MESSAGES =
            Key.optional("max-messages", Quantities.smallCount(1, 1_000_000), "Most messages of a request.");
    static final Key<Boolean> CAP = Key.optional(
                    "action",
                    Scalars.choice("action", List.of(true, false), cap -> cap ? "cap" : "deny"),
                    "`deny` what goes beyond, or `cap` it: `max_tokens` lowered or set, the oldest messages left out"
                            + " (system messages stay).")
            .or("deny");

    static final Section<PluginConfig.Limits> LIMITS = Section.of(
            "limits-config", "What one chat request may ask for.", List.of(MAX_TOKENS, MAX_MESSAGES, CAP), v -> {
                if (!v.has(MAX_TOKENS) && !v.has(MAX_MESSAGES)) {
                    throw new Unfit("limits nothing", "add max-tokens or max-messages");
                }
                return new PluginConfig.Limits(v.get(MAX_TOKENS), v.get(MAX_MESSAGES), v.value(CAP));
            });

    static final Key<Boolean> TEXTS = Key.optional(
                    "texts",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: what the messages say is written, too, without what looks like a secret.")
            .or("false");
    static final Key<Integer> MOST_CHARACTERS = Key.optional(
                    "most-characters", Quantities.smallCount(1, 1_000_000), "Of a request's text, the end.")
            .or("2000");

    static final Section<PluginConfig.RequestLogger> LOGGER = Section.of(
            "request-logger-config",
            "What is written to the log `tierway.requests`.",
            List.of(TEXTS, MOST_CHARACTERS),
            v -> new PluginConfig.RequestLogger(v.value(TEXTS), v.value(MOST_CHARACTERS)));

    /** Unlike other texts it may have several lines. */
    private static final ScalarShape<String> LINES =
            new ScalarShape<>("text", Scalars.TEXT.accepts(), Map.of("type", "string", "minLength", 1), text -> {
                if (text.isBlank()) {
                    throw new Unfit("must not be empty", null);
                }
                return text;
            });

    static final Key<String> PROMPT_TEXT = Key.required("text", LINES, "The system message.");
    static final Key<PromptInjection.How> HOW = Key.optional(
                    "how",
                    Scalars.choice("how", List.of(PromptInjection.How.values()), PromptInjection.How::id),
                    "Before the caller's system messages, after them, or in their place.")
            .or("prepend");

    static final Section<PluginConfig.Prompt> PROMPT = Section.of(
            "prompt-config",
            "A system message for every chat.",
            List.of(PROMPT_TEXT, HOW),
            v -> new PluginConfig.Prompt(v.value(PROMPT_TEXT), v.value(HOW)));

    static final MapShape<String, Secret> HEADERS = new MapShape<>(
            Scalars.matching("a header's name", "^[A-Za-z0-9-]{1,100}$", name -> UpstreamHeaders.checked(name, "x")),
            Scalars.SECRET,
            "a set of headers");

    static final Section<PluginConfig.ResponseCache> CACHE = CacheSection.SECTION;

    /** All kinds by name. */
    static final Map<String, Section<PluginConfig>> KNOWN = known();

    static final ByName<PluginConfig> SHAPE = new ByName<>("name", KNOWN, OwnPluginSection.SECTION);

    private PluginSection() {}

    private static Map<String, Section<PluginConfig>> known() {
        Map<String, Section<PluginConfig>> known = new LinkedHashMap<>();
        Set<PluginStage> replies =
                EnumSet.of(PluginStage.BEFORE_ROUTING, PluginStage.ON_EVENT, PluginStage.AFTER_REPLY);
        put(
                known,
                PluginKeys.kind(
                        WordFilter.NAME,
                        "Denies calls in whose text something blocked occurs. Breaks closed: `on-error` is `deny`.",
                        EnumSet.of(PluginStage.BEFORE_ROUTING, PluginStage.AFTER_REPLY),
                        WORDS,
                        words -> words));
        put(
                known,
                PluginKeys.kind(
                        PiiRedaction.NAME,
                        "Takes what is personal out of requests. Breaks closed: `on-error` is `deny`.",
                        replies,
                        PII,
                        pii -> pii,
                        new PluginConfig.PiiRedaction(EnumSet.allOf(PiiKind.class), Map.of(), false)));
        put(
                known,
                PluginKeys.kind(
                        RequestLimits.NAME,
                        "Bounds what one request may ask for. Breaks closed: `on-error` is `deny`.",
                        FIRST,
                        LIMITS,
                        limits -> limits));
        put(
                known,
                PluginKeys.kind(
                        ResponseCaching.NAME,
                        "Gives the same request of the same API key the same answer again, for nothing. Breaks open:"
                                + " `on-error` is `continue`.",
                        replies,
                        CACHE,
                        cache -> cache,
                        new PluginConfig.ResponseCache(
                                null,
                                64L << 20,
                                new ResponseCaching.Rules(Duration.ofHours(1), 1L << 20, false, false))));
        put(known, limit("rate-limit"));
        put(known, limit("budget"));
        put(
                known,
                PluginKeys.kind(
                        RequestLogger.NAME,
                        "Writes down requests and how they ended. Breaks open: `on-error` is `continue`.",
                        EnumSet.of(PluginStage.BEFORE_ROUTING, PluginStage.AFTER_REPLY, PluginStage.ON_FAILURE),
                        LOGGER,
                        logger -> logger,
                        new PluginConfig.RequestLogger(false, 2000)));
        put(
                known,
                PluginKeys.kind(
                        PromptInjection.NAME,
                        "Gives chats a system message. Breaks closed: `on-error` is `deny`.",
                        FIRST,
                        PROMPT,
                        prompt -> prompt));
        put(
                known,
                PluginKeys.kind(
                        HeaderInjection.NAME,
                        "Sends headers to vendors: `x-…` of your own, tracing and attribution, but no credential."
                                + " Breaks closed: `on-error` is `deny`.",
                        FIRST,
                        HEADERS,
                        PluginConfig.Headers::new));
        return Collections.unmodifiableMap(known);
    }

    private static void put(Map<String, Section<PluginConfig>> known, Section<PluginConfig> kind) {
        known.put(kind.name().substring("plugin-".length()), kind);
    }

    /** Another way to write a rule of {@code budgets}. */
    private static Section<PluginConfig> limit(String name) {
        return PluginKeys.kind(
                name,
                "Another way to write a rule of `budgets`, where it is counted and shown: see [budget](#budget). It has"
                        + " no stages, and `on-error` and `timeout` have no effect.",
                Set.of(),
                BudgetSection.SECTION,
                (LimitRule rule) -> new PluginConfig.Limit(rule));
    }

    private static ScalarShape<String> pattern() {
        return new ScalarShape<>(
                "a pattern such as (?i)secret-[0-9]+", Scalars.TEXT.accepts(), Scalars.TEXT.schema(), text -> {
                    Re2Spans.of(Scalars.TEXT.parse().apply(text));
                    return text;
                });
    }
}
