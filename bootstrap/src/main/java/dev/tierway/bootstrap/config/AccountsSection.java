package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.AccountSettings;
import java.time.Duration;
import java.util.List;

/** {@code routing.accounts}. */
final class AccountsSection {
    static final Key<Duration> OPEN = Key.optional(
            "open", Quantities.DURATION_ABOVE_ZERO, "How long it stays open at first; doubles every time.");
    static final Key<Duration> MAX_OPEN =
            Key.optional("max-open", Quantities.DURATION_ABOVE_ZERO, "The longest it stays open.");

    static final Key<AccountSettings.Times> CREDENTIAL = Key.optional(
                    "credential",
                    times("credential-circuit", AccountSettings.DEFAULTS.credential()),
                    "A key that was refused opens the provider's circuit.")
            .absentMeans("`{ open: 5s, max-open: 300s }`");
    static final Key<AccountSettings.Times> EXHAUSTED = Key.optional(
                    "exhausted",
                    times("exhausted-circuit", AccountSettings.DEFAULTS.exhausted()),
                    "An account without money or credit opens the provider's circuit.")
            .absentMeans("`{ open: 5m, max-open: 1h }`");
    static final Key<AccountSettings.Times> MISCONFIGURED = Key.optional(
                    "misconfigured",
                    times("misconfigured-circuit", AccountSettings.DEFAULTS.misconfigured()),
                    "A model or deployment that isn't there, or not for this key, opens the replica's circuit.")
            .absentMeans("`{ open: 5m, max-open: 1h }`");

    static final Section<AccountSettings> SECTION = Section.of(
            "accounts",
            "How long circuits stay open that a single failure opens, because it would only be repeated. How they close"
                    + " again is as in the provider's `circuit`.",
            List.of(CREDENTIAL, EXHAUSTED, MISCONFIGURED),
            v -> new AccountSettings(
                    AccountSettings.DEFAULTS.circuit(),
                    v.get(CREDENTIAL, AccountSettings.DEFAULTS.credential()),
                    v.get(EXHAUSTED, AccountSettings.DEFAULTS.exhausted()),
                    v.get(MISCONFIGURED, AccountSettings.DEFAULTS.misconfigured())));

    private AccountsSection() {}

    private static Section<AccountSettings.Times> times(String name, AccountSettings.Times standing) {
        return Section.of(
                name,
                "What isn't said is `open: " + Shown.text(standing.open()) + "`, `max-open: "
                        + Shown.text(standing.maxOpen()) + "`.",
                List.of(OPEN, MAX_OPEN),
                v -> new AccountSettings.Times(v.get(OPEN, standing.open()), v.get(MAX_OPEN, standing.maxOpen())));
    }
}
