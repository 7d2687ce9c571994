package dev.tierway.bootstrap.config;

import dev.tierway.UsageProbeConfig;
import dev.tierway.adapter.providers.limits.Vendor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code providers[].usage-probe}. */
final class UsageProbeSection {
    static final List<Vendor> TELLING =
            Arrays.stream(Vendor.values()).filter(Vendor::tellsBalances).toList();

    static final Key<Duration> EVERY = Key.optional(
                    "every", Quantities.DURATION_ABOVE_ZERO, "From one question to the next, give or take a tenth.")
            .or("5m");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout", Quantities.DURATION_ABOVE_ZERO, "For connecting and the whole answer together.")
            .or("10s");
    static final Key<Vendor> VENDOR = Key.optional(
                    "vendor",
                    Scalars.choice("vendor", TELLING, UsageProbeSection::id),
                    "Whose way of asking, for a proxy in front of it.")
            .absentMeans("told by the host of `base-url`");

    static final Section<UsageProbeConfig> SECTION = Section.of(
            "usage-probe",
            "Asks the vendor, beside the calls, what the account has left; shown as usage of the provider. Nothing is"
                    + " billed. `{}` takes the defaults.",
            List.of(EVERY, TIMEOUT, VENDOR),
            v -> new UsageProbeConfig(v.value(EVERY), v.value(TIMEOUT), v.get(VENDOR)));

    private UsageProbeSection() {}

    static String id(Vendor vendor) {
        return vendor.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Map<String, Object> shown(@Nullable UsageProbeConfig probe) {
        if (probe == null) {
            return null;
        }
        Vendor vendor = probe.vendor();
        return new Shown()
                .put(EVERY, probe.every())
                .put(TIMEOUT, probe.timeout())
                .put(VENDOR, vendor == null ? null : id(vendor))
                .map();
    }
}
