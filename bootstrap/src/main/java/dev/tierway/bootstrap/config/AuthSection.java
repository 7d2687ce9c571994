package dev.tierway.bootstrap.config;

import dev.tierway.AuthConfig;
import dev.tierway.AuthConfig.Mode;
import dev.tierway.KeyConfig;
import dev.tierway.adapter.providers.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code auth}. */
final class AuthSection {
    private static final int SHORTEST_PEPPER = 32;

    static final Key<Mode> MODE = Key.optional(
                    "mode",
                    Scalars.choice("mode", List.of(Mode.values()), Mode::id),
                    "How callers prove who they are: `keys` by an API key, `none` not at all.")
            .absentMeans("`keys` if some are listed here, else `none`");
    static final Key<Secret> ADMIN_TOKEN = Key.optional(
                    "admin-token",
                    Scalars.SECRET,
                    "What callers of the admin port must send as a bearer token; an API key with the scope `admin` does"
                            + " as well.")
            .absentMeans("none asked for");
    static final Key<Secret> PEPPER = Key.optional(
                    "pepper",
                    Scalars.SECRET,
                    "What keys' secrets are digested with: who copies the store can't try secrets without it. 32"
                        + " characters at least, e.g. from `openssl rand -hex 32`. Instances that share a PostgreSQL"
                        + " need the same.")
            .absentMeans("one of Tierway's own making, in a file beside the ledger's");
    static final Key<Secret> PREVIOUS_PEPPER = Key.optional(
            "previous-pepper",
            Scalars.SECRET,
            "The pepper before: while it is here, keys made with it work, and are digested anew when they are used.");
    static final Key<List<KeyConfig>> KEYS = Key.optional(
            "keys",
            new ListShape<>(KeySection.SECTION, "a list of keys", 1),
            "API keys beside those that `tierway keys create` makes.");

    static final Section<AuthConfig> SECTION = Section.of(
            "auth", "Who may call.", List.of(MODE, ADMIN_TOKEN, PEPPER, PREVIOUS_PEPPER, KEYS), AuthSection::auth);

    private AuthSection() {}

    private static AuthConfig auth(Values v) {
        List<KeyConfig> keys = v.get(KEYS, List.of());
        for (Key<Secret> key : List.of(PEPPER, PREVIOUS_PEPPER)) {
            Secret pepper = v.get(key);
            if (pepper != null && pepper.reveal().length() < SHORTEST_PEPPER) {
                v.error(
                        key,
                        "must have at least " + SHORTEST_PEPPER + " characters",
                        "make one with `openssl rand -hex 32`");
            }
        }
        if (v.has(PREVIOUS_PEPPER) && !v.has(PEPPER)) {
            v.error(PREVIOUS_PEPPER, "was before no other", "add pepper, the one in force");
        }
        requireDifferent(v, keys);
        Mode mode = v.get(MODE, keys.isEmpty() ? Mode.NONE : Mode.KEYS);
        if (mode == Mode.NONE && !keys.isEmpty()) {
            v.warn(KEYS, "have no effect: auth.mode is none, so nobody is asked for a key", "write mode: keys");
        }
        return new AuthConfig(mode, v.get(ADMIN_TOKEN), v.get(PEPPER), v.get(PREVIOUS_PEPPER), keys);
    }

    private static void requireDifferent(Values v, List<KeyConfig> keys) {
        Set<String> ids = new HashSet<>();
        Map<String, String> secrets = new HashMap<>();
        for (KeyConfig key : keys) {
            if (!ids.add(key.id())) {
                v.error(KEYS, "two keys have the id '" + key.id() + "'", "rename one");
            }
            String other = secrets.put(key.secret().reveal(), key.id());
            if (other != null) {
                v.error(KEYS, "'" + other + "' and '" + key.id() + "' have the same secret", "give each its own");
            }
        }
    }
}
