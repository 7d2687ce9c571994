package dev.tierway.bootstrap.config;

import dev.tierway.ProbeConfig;
import dev.tierway.adapter.providers.ProbeSettings;
import java.time.Duration;
import java.util.List;

/** {@code providers[].probe}: {@code on}, {@code off}, or how. */
final class ProbeSection {
    private static final Duration ANY = Duration.ofSeconds(1);

    static final Key<String> PATH = Key.optional(
                    "path",
                    Scalars.matching("a path such as models or /health", ProbeSettings.PATH, ProbeSection::path),
                    "What to get: under `base-url`, or from the server's root if it begins with a slash.")
            .absentMeans("`models`");
    static final Key<Duration> INTERVAL = Key.optional(
                    "interval", Quantities.DURATION_ABOVE_ZERO, "From one look to the next, give or take a tenth.")
            .absentMeans("as `routing.probes`");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout", Quantities.DURATION_ABOVE_ZERO, "For connecting and the whole answer together.")
            .absentMeans("as `routing.probes`");

    private static final Section<ProbeConfig> SECTION = Section.of(
            "probe",
            "How a provider's server is looked at beside its calls. `on` and `off` may be written without the set of"
                    + " keys: `probe: off`.",
            List.of(PATH, INTERVAL, TIMEOUT),
            v -> new ProbeConfig(true, v.get(PATH), v.get(INTERVAL), v.get(TIMEOUT)));

    static final ShortForm<Boolean, ProbeConfig> SHAPE =
            new ShortForm<>(Scalars.ON_OR_OFF, on -> new ProbeConfig(on, null, null, null), SECTION);

    private ProbeSection() {}

    private static String path(String text) {
        return String.valueOf(new ProbeSettings(text, ANY).path());
    }
}
