package dev.tierway.domain.quota;

import dev.tierway.domain.money.NanoUsd;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Limits and histories of every size the product promises to handle. */
final class QuotaArbitraries {
    static final long MOST = 1_000_000_000_000L;

    /** So that a history stays within the 292 years a clock of nanoseconds can tell. */
    private static final long LONGEST_PAUSE = Long.MAX_VALUE / 1000;

    private QuotaArbitraries() {}

    /** A step of a bucket's history. */
    record Step(Kind kind, long nanos, long amount, long actual, int which) {
        enum Kind {
            RESERVE,
            SETTLE,
            REFUND
        }
    }

    /** Rates from 1 a month to 10^12 a millisecond, with any burst. */
    static Arbitrary<Limit> rates() {
        Arbitrary<Long> amounts = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 20), Arbitraries.longs().between(1, MOST));
        Arbitrary<Duration> windows = Arbitraries.of(
                Duration.ofMillis(1),
                Duration.ofNanos(1_000_003),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                Duration.ofDays(31));
        return Combinators.combine(amounts, windows, amounts)
                .as((amount, window, burst) -> new Limit(Dimension.TOKENS, amount, window, burst));
    }

    /** Amounts around what the limit allows. */
    static Arbitrary<Long> amountsOf(Limit limit) {
        return Arbitraries.longs().between(0, Math.min(MOST, limit.burst() + limit.burst() / 4 + 1));
    }

    /** Histories whose pauses are around what the limit takes to give back what is asked of it. */
    static Arbitrary<List<Step>> histories(Limit limit) {
        long drain = (long) (limit.window().toNanos() * ((double) limit.burst() / limit.amount()));
        long pause = Math.clamp(drain, 4, LONGEST_PAUSE);
        Arbitrary<Long> pauses = Arbitraries.oneOf(
                Arbitraries.just(0L),
                Arbitraries.longs().between(0, pause / 4),
                Arbitraries.longs().between(0, 2 * pause));
        return Combinators.combine(
                        Arbitraries.of(Step.Kind.RESERVE, Step.Kind.RESERVE, Step.Kind.SETTLE, Step.Kind.REFUND),
                        pauses,
                        amountsOf(limit),
                        amountsOf(limit),
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    static Amounts tokens(long amount) {
        return new Amounts(1, amount, 0, NanoUsd.ZERO);
    }

    static Descriptor domain(Limit limit) {
        return new Descriptor("domain:a", Side.DOMAIN, limit);
    }
}
