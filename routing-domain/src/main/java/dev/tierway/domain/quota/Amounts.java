package dev.tierway.domain.quota;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;

/**
 * What an attempt takes of each dimension: estimated when reserved, real when settled.
 *
 * @param requests 1 for an attempt
 * @param cost worst case when reserved
 * @param expectedCost what it will probably cost; the real cost when settled
 */
public record Amounts(long requests, long inputTokens, long outputTokens, NanoUsd cost, NanoUsd expectedCost) {
    public static final Amounts NONE = new Amounts(0, 0, 0, NanoUsd.ZERO);

    /** Nothing else is expected than the worst, or it is what really was. */
    public Amounts(long requests, long inputTokens, long outputTokens, NanoUsd cost) {
        this(requests, inputTokens, outputTokens, cost, cost);
    }

    public Amounts {
        if (requests < 0 || inputTokens < 0 || outputTokens < 0 || cost.value() < 0 || expectedCost.value() < 0) {
            throw new IllegalArgumentException("amounts must not be negative");
        }
    }

    public static Amounts of(TokenUsage usage, NanoUsd cost) {
        return new Amounts(1, usage.input(), usage.output(), cost);
    }

    /** The amount that limit counts. */
    public long of(Descriptor descriptor) {
        return descriptor.reserves() == Descriptor.Reserves.EXPECTED
                        && descriptor.limit().dimension() == Dimension.MONEY
                ? expectedCost.value()
                : of(descriptor.limit().dimension());
    }

    /** The amount a limit of that dimension counts; of money, the worst case. */
    public long of(Dimension dimension) {
        return switch (dimension) {
            case REQUESTS -> requests;
            case TOKENS -> inputTokens + outputTokens;
            case INPUT_TOKENS -> inputTokens;
            case OUTPUT_TOKENS -> outputTokens;
            case CONCURRENCY -> 1;
            case MONEY -> cost.value();
        };
    }
}
