package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.money.NanoUsd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** All-or-nothing over every kind of limit at once. */
class QuotaBookProperties {
    private static final List<Descriptor> LIMITS = List.of(
            descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 5, Duration.ofSeconds(10))),
            descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 1000, Duration.ofSeconds(10))),
            descriptor("domain:a", Side.DOMAIN, Limit.concurrency(3)),
            descriptor("key:k", Side.CALLER, Limit.per(Dimension.OUTPUT_TOKENS, 700, Duration.ofSeconds(5))),
            descriptor("key:k", Side.CALLER, Limit.concurrency(2)),
            descriptor("budget:b", Side.CALLER, Period.HOUR.limit(5_000)));

    record Step(int what, int attempt, long nanos, Amounts amounts, List<Descriptor> limits) {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_denied_reservation_changes_nothing(@ForAll("histories") List<Step> steps) {
        QuotaBook book = new QuotaBook(
                Duration.ofSeconds(60).toNanos(), Duration.ofSeconds(15).toNanos());
        long now = 0;
        for (Step step : steps) {
            now += step.nanos;
            QuotaTime time = QuotaTime.utc(now, now / 1_000_000);
            List<Usage> before = usages(book, time);
            if (step.what == 0) {
                ReservationResult result = book.reserve("c" + step.attempt, 1, step.limits, step.amounts, time);
                if (result instanceof ReservationResult.Denied denied) {
                    assertThat(usages(book, time)).isEqualTo(before);
                    assertThat(step.limits).contains(denied.binding());
                }
            } else {
                apply(book, step, time);
            }
            assertWithinLimits(book, time);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void reserved_and_refunded_at_once_is_as_if_never_reserved(@ForAll("histories") List<Step> steps) {
        QuotaBook book = new QuotaBook(
                Duration.ofSeconds(60).toNanos(), Duration.ofSeconds(15).toNanos());
        long now = 0;
        int extra = 0;
        for (Step step : steps) {
            now += step.nanos;
            QuotaTime time = QuotaTime.utc(now, now / 1_000_000);
            List<Long> before = used(book, time);
            String call = "extra" + extra++;
            List<Descriptor> all = new ArrayList<>(LIMITS);
            all.removeIf(limit -> limit.limit().dimension() == Dimension.REQUESTS && limit.side() == Side.CALLER);
            book.reserve(call, 1, all, step.amounts, time);
            book.end(call, 1, new Ending.Refunded(), time);
            book.finish(call, time);
            assertThat(used(book, time)).isEqualTo(before);
            apply(book, step, time);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everything_comes_to_rest(@ForAll("histories") List<Step> steps) {
        QuotaBook book = new QuotaBook(
                Duration.ofSeconds(60).toNanos(), Duration.ofSeconds(15).toNanos());
        long now = 0;
        for (Step step : steps) {
            now += step.nanos;
            apply(book, step, QuotaTime.utc(now, now / 1_000_000));
        }
        QuotaTime later = QuotaTime.utc(
                now + Duration.ofDays(1).toNanos(),
                now / 1_000_000 + Duration.ofDays(1).toMillis());
        assertThat(usages(book, later)).allMatch(Usage::atRest);
        assertThat(book.open()).isZero();
    }

    private static void apply(QuotaBook book, Step step, QuotaTime time) {
        String call = "c" + step.attempt;
        switch (step.what) {
            case 0 -> book.reserve(call, 1, step.limits, step.amounts, time);
            case 1 -> book.end(call, 1, new Ending.Settled(step.amounts), time);
            case 2 -> book.end(call, 1, new Ending.Unknown(step.amounts), time);
            case 3 -> book.end(call, 1, new Ending.Refunded(), time);
            case 4 -> book.end(call, 1, new Ending.RefundedButRequest(), time);
            case 5 -> book.finish(call, time);
            default -> book.renew(time);
        }
    }

    /** Concurrency is never above its limit; what was never underestimated isn't either. */
    private static void assertWithinLimits(QuotaBook book, QuotaTime time) {
        for (Descriptor limit : LIMITS) {
            if (limit.limit().dimension() == Dimension.CONCURRENCY
                    || limit.limit().dimension() == Dimension.REQUESTS) {
                assertThat(book.usage(limit, time).used())
                        .isBetween(0L, limit.limit().burst());
            }
        }
    }

    private static List<Usage> usages(QuotaBook book, QuotaTime time) {
        return LIMITS.stream().map(limit -> book.usage(limit, time)).toList();
    }

    private static List<Long> used(QuotaBook book, QuotaTime time) {
        return usages(book, time).stream().map(Usage::used).toList();
    }

    private static Descriptor descriptor(String owner, Side side, Limit limit) {
        return new Descriptor(owner, side, limit);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Amounts> amounts = Combinators.combine(
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(0, 2_000))
                .as((in, out, nano) -> new Amounts(1, in, out, new NanoUsd(nano)));
        return Combinators.combine(
                        Arbitraries.of(0, 0, 0, 1, 2, 3, 4, 5, 6),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.longs().between(0, Duration.ofSeconds(4).toNanos()),
                        amounts,
                        Arbitraries.of(LIMITS).set().ofMinSize(1).map(List::copyOf))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}
