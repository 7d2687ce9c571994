package dev.tierway.application.replay;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fleet.DecayedMean;
import dev.tierway.domain.fleet.OutputSizes;
import dev.tierway.domain.fleet.RollingCounts;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.RankingStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is recorded in place of values that are no records, or hold more than a decision looks at. */
final class Surrogates {
    private static final Map<Class<?>, Class<?>> FORMS = Map.of(
            Duration.class, Long.class,
            RollingCounts.class, RollingCounts.Buckets.class,
            OutputSizes.class, DecayedMean.class,
            RankingStrategy.class, Strategy.class,
            // Decisions look at what a replica holds of the prompt, which its view says; never recorded.
            PrefixHashes.class, Void.class);

    private Surrogates() {}

    /** Null if values of that type are recorded as they are. */
    static @Nullable Class<?> form(Class<?> type) {
        return FORMS.get(type);
    }

    static @Nullable Object write(Object value) {
        return switch (value) {
            case Duration duration -> duration.toNanos();
            case RollingCounts counts -> counts.buckets();
            case OutputSizes outputs -> outputs.sizes();
            case RankingStrategy strategy -> strategy.id();
            case PrefixHashes prefixes -> null;
            default -> throw new IllegalStateException("no form for " + value.getClass());
        };
    }

    static Object read(@Nullable Object written, Class<?> type, Function<Strategy, RankingStrategy> strategies) {
        return switch (written) {
            case null -> PrefixHashes.NONE;
            case Long nanos -> Duration.ofNanos(nanos);
            case RollingCounts.Buckets buckets -> RollingCounts.of(buckets);
            case DecayedMean mean -> OutputSizes.ofMean(mean);
            case Strategy strategy -> strategies.apply(strategy);
            default -> throw new IllegalStateException("no form for " + type);
        };
    }
}
