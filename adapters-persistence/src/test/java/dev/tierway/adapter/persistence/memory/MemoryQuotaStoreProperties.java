package dev.tierway.adapter.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The memory store against the domain's exact reference, operation by operation. */
class MemoryQuotaStoreProperties {
    private static final Duration RESERVATION = Duration.ofSeconds(20);
    private static final List<Descriptor> LIMITS = List.of(
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 5, Duration.ofSeconds(10))),
            new Descriptor("domain:a", Side.DOMAIN, new Limit(Dimension.TOKENS, 1000, Duration.ofSeconds(10), 700)),
            new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(3)),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 7, Duration.ofSeconds(20))),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.INPUT_TOKENS, 700, Duration.ofSeconds(5))),
            new Descriptor("key:k", Side.CALLER, Limit.concurrency(2)),
            new Descriptor("budget:b", Side.CALLER, Period.HOUR.limit(9_000)));

    enum What {
        RESERVE,
        SETTLE,
        SETTLE_UNKNOWN,
        REFUND_ALL,
        REFUND_ALL_BUT_REQUEST,
        FINISH
    }

    record Step(What what, AttemptId attempt, Duration pause, Amounts amounts, List<Descriptor> limits) {}

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void it_answers_as_the_reference_does(@ForAll("histories") List<Step> steps) {
        ManualClock clock = new ManualClock();
        MemoryQuotaStore store =
                new MemoryQuotaStore(clock, clock, ZoneOffset.UTC, RESERVATION, (memo, estimate) -> {});
        QuotaBook book = new QuotaBook(RESERVATION.toNanos(), RESERVATION.toNanos());
        Set<AttemptId> granted = new HashSet<>();
        for (Step step : steps) {
            clock.advance(step.pause);
            QuotaTime now = QuotaTime.utc(clock.nanos(), clock.epochMillis());
            if (step.what == What.RESERVE) {
                Result answer = Answers.of(store.reserve(Reservations.of(step.attempt, step.limits, step.amounts)));
                Result expected = reserve(book, step, now);
                boolean again = expected instanceof Result.Granted && !granted.add(step.attempt);
                assertThat(answer).isEqualTo(again ? new Result.Granted(List.of()) : expected);
            } else {
                end(store, step);
                end(book, step, now);
            }
            for (Descriptor limit : LIMITS) {
                assertThat(store.used(limit))
                        .as(limit.key())
                        .isEqualTo(book.usage(limit, now).used());
            }
            assertThat(store.open()).isEqualTo(book.open());
        }
    }

    private static Result reserve(QuotaBook book, Step step, QuotaTime now) {
        AttemptId attempt = step.attempt;
        return switch (book.reserve(attempt.callId(), attempt.n(), step.limits, step.amounts, now)) {
            case ReservationResult.Granted granted -> new Result.Granted(granted.left());
            case ReservationResult.Denied denied ->
                new Result.Denied(denied.binding(), denied.retryAfterNanos(), denied.available());
        };
    }

    private static void end(MemoryQuotaStore store, Step step) {
        Answers.of(
                switch (step.what) {
                    case SETTLE -> store.settle(step.attempt, step.amounts);
                    case SETTLE_UNKNOWN -> store.settleUnknown(step.attempt, step.amounts);
                    case REFUND_ALL -> store.refund(step.attempt, Extent.ALL);
                    case REFUND_ALL_BUT_REQUEST -> store.refund(step.attempt, Extent.ALL_BUT_REQUEST);
                    case FINISH -> store.finish(step.attempt.callId());
                    case RESERVE -> throw new AssertionError();
                });
    }

    private static void end(QuotaBook book, Step step, QuotaTime now) {
        if (step.what == What.FINISH) {
            book.finish(step.attempt.callId(), now);
            return;
        }
        Ending ending = switch (step.what) {
            case SETTLE -> new Ending.Settled(step.amounts);
            case SETTLE_UNKNOWN -> new Ending.Unknown(step.amounts);
            case REFUND_ALL -> new Ending.Refunded();
            case REFUND_ALL_BUT_REQUEST -> new Ending.RefundedButRequest();
            case FINISH, RESERVE -> throw new AssertionError();
        };
        book.end(step.attempt.callId(), step.attempt.n(), ending, now);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<What> whats = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(6, What.RESERVE),
                net.jqwik.api.Tuple.of(2, What.SETTLE),
                net.jqwik.api.Tuple.of(1, What.SETTLE_UNKNOWN),
                net.jqwik.api.Tuple.of(1, What.REFUND_ALL),
                net.jqwik.api.Tuple.of(1, What.REFUND_ALL_BUT_REQUEST),
                net.jqwik.api.Tuple.of(2, What.FINISH));
        Arbitrary<AttemptId> attempts = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(1, 2))
                .as((call, n) -> new AttemptId("call" + call, n));
        Arbitrary<Duration> pauses = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Duration.ZERO)),
                net.jqwik.api.Tuple.of(6, Arbitraries.longs().between(0, 3_000).map(Duration::ofMillis)),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.longs().between(0, 30_000_000_000L).map(Duration::ofNanos)));
        Arbitrary<Amounts> amounts = Combinators.combine(
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(0, 4_000))
                .as((in, out, nano) -> new Amounts(1, in, out, new NanoUsd(nano)));
        Arbitrary<List<Descriptor>> limits =
                Arbitraries.of(LIMITS).set().ofMinSize(1).map(List::copyOf);
        return Combinators.combine(whats, attempts, pauses, amounts, limits)
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }
}
