package dev.tierway.bootstrap.config;

import dev.tierway.adapter.persistence.lease.ShareOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code storage.quota.shares}. */
final class SharesSection {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Where an error has been told. */
    private static final double FALLBACK = 0.02;

    static final Key<Double> SIZE = Key.required(
            "size",
            Quantities.SHARE,
            "Most of a limit that one instance holds unused, such as `2%`; a limit of which that is less than 16 is not"
                    + " shared out.");
    static final Key<Duration> LIFE = Key.optional(
                    "life",
                    Quantities.DURATION_ABOVE_ZERO,
                    "How long calls are admitted from a share before it is given back, at most `10s`. What leaks of a"
                            + " limit in that time is taken off its burst.")
            .or("1s");

    static final Section<ShareOptions> SECTION = Section.of(
            "shares",
            "With `redis` and `postgresql`: each instance leases shares of large limits on requests and tokens, and"
                    + " admits calls from them without asking the store. The same for all instances.",
            List.of(SIZE, LIFE),
            SharesSection::shares);

    private SharesSection() {}

    private static ShareOptions shares(Values v) {
        double size = v.get(SIZE, FALLBACK);
        Duration life = v.value(LIFE);
        if (size == 0) {
            v.error(SIZE, "must be more than 0", "leave out shares instead");
        }
        if (life.compareTo(LONGEST) > 0) {
            v.error(LIFE, "must be at most 10s", "write 1s, or leave it out");
        }
        return new ShareOptions(size == 0 ? FALLBACK : size, life);
    }

    static @Nullable Map<String, Object> shown(@Nullable ShareOptions shares) {
        return shares == null
                ? null
                : new Shown().put(SIZE, shares.size()).put(LIFE, shares.life()).map();
    }
}
