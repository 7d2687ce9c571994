package dev.tierway.bootstrap.config;

import dev.tierway.KeyConfig;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.application.keys.KeyChecks;
import dev.tierway.application.keys.KeyWords;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Constraints;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code auth.keys[]}. */
final class KeySection {
    static final Key<String> ID = Key.required(
            "id", Scalars.matching("a key's id", "^[a-z0-9][a-z0-9._-]{0,99}$", KeySection::id), "Its name.");
    static final Key<Secret> SECRET = Key.required(
            "secret",
            new ScalarShape<>(
                    Scalars.SECRET.phrase(),
                    Scalars.SECRET.accepts(),
                    Scalars.SECRET.schema(),
                    KeySection::secret,
                    true),
            "What callers send. 16 characters at least; from the environment or a file, not written here.");
    static final Key<List<KeyScope>> SCOPES = Key.optional(
                    "scopes",
                    new ListShape<>(
                            Scalars.choice("scope", List.of(KeyScope.values()), KeyScope::id), "a list of scopes", 1),
                    "What it is for. `call`: to ask models. `explain`: to see replicas, costs, and how calls are and"
                            + " would be routed. `read`: to look up its own decisions. `admin`: to see everybody's, and"
                            + " to use the admin port.")
            .absentMeans("`[call]`");

    static final Key<List<ModelTier>> TIERS = Key.optional(
            "tiers",
            new ListShape<>(Scalars.choice("tier", List.of(ModelTier.values()), ModelTier::id), "a list of tiers", 1),
            "Models of these tiers.");
    static final Key<List<String>> MODELS = texts("models", "These models, by id.");
    static final Key<List<String>> REPLICAS = texts("replicas", "These replicas, by id.");
    static final Key<List<String>> TAGS = texts("tags", "Replicas with one of these tags.");
    static final Key<Allowed> ALLOW = Key.optional(
                    "allow",
                    Section.of(
                            "key-allow",
                            "What a key may use. Each list narrows what the others leave.",
                            List.of(TIERS, MODELS, REPLICAS, TAGS),
                            v -> new Allowed(
                                    v.get(TIERS, List.of()),
                                    v.get(MODELS, List.of()),
                                    v.get(REPLICAS, List.of()),
                                    v.get(TAGS, List.of()))),
                    "What it may use.")
            .absentMeans("everything");

    static final Key<Constraints.Local> LOCAL = Key.optional(
            "local",
            Scalars.choice(
                    "choice",
                    List.of(Constraints.Local.REQUIRED, Constraints.Local.DISABLED),
                    one -> one.name().toLowerCase(Locale.ROOT)),
            "`required`: local replicas only. `disabled`: none of them.");
    static final Key<String> AGENT = name("agent");
    static final Key<String> WORKFLOW = name("workflow");
    static final Key<String> USER = name("user");
    static final Key<Map<String, String>> FIXED_TAGS = Key.optional(
            "tags", new MapShape<>(Scalars.TEXT, Scalars.TEXT, "a set of tags"), "Entries of the option `tags`.");
    static final Key<FixedValues> FIXED = Key.optional(
            "fixed",
            Section.of(
                    "key-fixed",
                    "Options every call with a key has; one that says otherwise is refused with `fixed_by_key`. Names"
                            + " fixed here are the same under every key; all others live inside their key's space.",
                    List.of(LOCAL, AGENT, WORKFLOW, USER, FIXED_TAGS),
                    v -> new FixedValues(
                            v.get(LOCAL, Constraints.Local.ALLOWED),
                            v.get(AGENT),
                            v.get(WORKFLOW),
                            v.get(USER),
                            v.get(FIXED_TAGS, Map.of()))),
            "Options every call with it has.");

    static final Key<List<Limit>> LIMITS = Key.optional(
            "limits",
            Section.of("key-limits", "The limits of one key's calls together.", LimitKeys.ALL, LimitKeys::read),
            "How much it may use; money is limited by `budgets`.");
    static final Key<Instant> EXPIRES = Key.optional(
                    "expires",
                    new ScalarShape<>(
                            "a time such as 2027-01-31T00:00:00Z",
                            Scalars.TEXT.accepts(),
                            Scalars.TEXT.schema(),
                            KeySection::instant),
                    "When it ends, e.g. `\"2027-01-31T00:00:00Z\"`.")
            .absentMeans("never");

    static final Section<KeyConfig> SECTION = Section.of(
            "key", "An API key.", List.of(ID, SECRET, SCOPES, ALLOW, FIXED, LIMITS, EXPIRES), KeySection::key);

    private KeySection() {}

    private static Key<List<String>> texts(String name, String meaning) {
        return Key.optional(name, new ListShape<>(Scalars.TEXT, "a list of names", 1), meaning);
    }

    private static Key<String> name(String option) {
        return Key.optional(option, Scalars.TEXT, "The option `" + option + "`.");
    }

    private static String id(String text) {
        if (!KeyChecks.ID.matcher(text).matches()) {
            throw new Unfit("is not an id", "use lower-case letters, digits and . _ -");
        }
        return text;
    }

    private static Secret secret(String text) {
        String wrong = KeyChecks.wrongWith(text);
        if (wrong != null) {
            throw new Unfit(wrong, "make one with `openssl rand -hex 32`");
        }
        return new Secret(text);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Unfit("is not a time", "write e.g. \"2027-01-31T00:00:00Z\"");
        }
    }

    private static KeyConfig key(Values v) {
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        scopes.addAll(v.get(SCOPES, List.of(KeyScope.CALL)));
        Grant grant =
                new Grant(scopes, v.get(ALLOW, Allowed.ALL), v.get(FIXED, FixedValues.NONE), v.get(LIMITS, List.of()));
        return new KeyConfig(v.value(ID), v.value(SECRET), grant, v.get(EXPIRES));
    }

    static Map<String, Object> shown(KeyConfig key) {
        Grant grant = key.grant();
        return new Shown()
                .put(ID, key.id())
                .put(SCOPES, KeyWords.scopes(grant))
                .put(ALLOW, KeyWords.allow(grant.allowed()))
                .put(FIXED, KeyWords.fixed(grant.fixed()))
                .put(LIMITS, LimitNames.of(grant.limits()))
                .put(EXPIRES, key.expires())
                .map();
    }
}
