package dev.tierway.adapter.providers.simulated;

import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.util.List;
import java.util.Locale;

/**
 * The limits a simulated vendor enforces, and in whose headers it tells of them.
 *
 * @param limits rates; what doesn't fit in one of them gets 429 with {@code retry-after}
 */
public record SimulatedLimits(Style style, List<Limit> limits) {
    /** Whose headers. */
    public enum Style {
        OPENAI,
        AZURE_OPENAI,
        ANTHROPIC,
        MISTRAL,
        OPENROUTER,
        /** {@code ratelimit} and {@code ratelimit-policy}. */
        STANDARD,
        /** Negative, contradictory, past, huge and senseless ones in turn. */
        HOSTILE;

        private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** The name in configuration. */
        public String id() {
            return id;
        }
    }

    /** @throws IllegalArgumentException if one of them is no rate of requests or tokens */
    public SimulatedLimits {
        limits = List.copyOf(limits);
        for (Limit limit : limits) {
            if (limit.dimension() == Dimension.CONCURRENCY || limit.dimension() == Dimension.MONEY) {
                throw new IllegalArgumentException("a simulated vendor limits requests and tokens, not "
                        + limit.dimension().id());
            }
        }
    }
}
