package dev.tierway.bootstrap.config;

import dev.tierway.AuthConfig;
import dev.tierway.AuthConfig.Mode;
import dev.tierway.adapter.providers.Secret;
import java.util.List;

/** {@code auth}. */
final class AuthSection {
    static final Key<Mode> MODE = Key.optional(
                    "mode",
                    Scalars.choice("mode", List.of(Mode.values()), Mode::id, "keys"),
                    "How callers prove who they are: `none` is not at all.")
            .or("none");
    static final Key<Secret> ADMIN_TOKEN = Key.optional(
                    "admin-token", Scalars.SECRET, "What callers of the admin port must send as a bearer token.")
            .absentMeans("none asked for");

    static final Section<AuthConfig> SECTION = Section.of(
                    "auth",
                    "Who may call.",
                    List.of(MODE, ADMIN_TOKEN),
                    v -> new AuthConfig(v.value(MODE), v.get(ADMIN_TOKEN)))
            .later("keys");

    private AuthSection() {}
}
