package dev.tierway.bootstrap.config;

import dev.tierway.domain.routing.WaitingSettings;
import java.time.Duration;
import java.util.List;

/** {@code routing.waiting}. */
final class WaitingSection {
    static final Key<Duration> PARK = Key.optional(
                    "park",
                    Quantities.DURATION_OR_ZERO,
                    "The longest a call waits, once, for somebody to have room; `0s`: not at all.")
            .or("2s");
    static final Key<Duration> LAST_RESORT_AFTER = Key.optional(
                    "last-resort-after",
                    Quantities.DURATION_OR_ZERO,
                    "While others are merely busy, somebody sick is tried so long after its last attempt.")
            .or("15s");
    static final Key<Duration> ACCOUNT_LAST_RESORT_AFTER = Key.optional(
                    "account-last-resort-after",
                    Quantities.DURATION_OR_ZERO,
                    "The same if its account, credential or configuration is to blame.")
            .or("60s");

    static final Section<WaitingSettings> SECTION = Section.of(
            "waiting",
            "What a call does while nobody is eligible.",
            List.of(PARK, LAST_RESORT_AFTER, ACCOUNT_LAST_RESORT_AFTER),
            v -> new WaitingSettings(
                    v.value(PARK).toNanos(),
                    v.value(LAST_RESORT_AFTER).toNanos(),
                    v.value(ACCOUNT_LAST_RESORT_AFTER).toNanos()));

    private WaitingSection() {}
}
