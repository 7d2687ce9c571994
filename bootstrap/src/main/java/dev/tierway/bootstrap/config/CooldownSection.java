package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.CooldownSettings;
import java.time.Duration;
import java.util.List;

/** {@code routing.cooldown}. */
final class CooldownSection {
    static final Key<Duration> FIRST = Key.optional(
                    "first",
                    Quantities.DURATION_ABOVE_ZERO,
                    "How long somebody rests whose vendor gave no time; after rate limits in a row it doubles.")
            .or("1s");
    static final Key<Duration> LONGEST = Key.optional("longest", Quantities.DURATION_ABOVE_ZERO, "To which it doubles.")
            .or("60s");
    static final Key<Duration> LONGEST_TOLD = Key.optional(
                    "longest-told", Quantities.DURATION_ABOVE_ZERO, "The longest that a vendor's own time is followed.")
            .or("1h");

    static final Section<CooldownSettings> SECTION = Section.of(
            "cooldown",
            "How long a replica or provider rests that was rate limited or overloaded.",
            List.of(FIRST, LONGEST, LONGEST_TOLD),
            v -> new CooldownSettings(
                    v.value(FIRST).toNanos(),
                    v.value(LONGEST).toNanos(),
                    v.value(LONGEST_TOLD).toNanos()));

    private CooldownSection() {}
}
