package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.VendorLimit;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The scripts against the domain's exact reference, operation by operation: answers, and every usage after each. */
class RedisQuotaStoreModelIT {
    private static final Duration RESERVATION = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(7);
    private static final long LARGE = (1L << 53) - 1;
    private static final Descriptor LEARNED = new Descriptor("vendor:v", Side.DOMAIN, Limit.learned(Dimension.TOKENS));
    private static final List<Descriptor> LIMITS = List.of(
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 5, Duration.ofSeconds(10))),
            new Descriptor("domain:a", Side.DOMAIN, new Limit(Dimension.TOKENS, 1000, Duration.ofSeconds(10), 700)),
            new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(3)),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 7, Duration.ofSeconds(20))),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.INPUT_TOKENS, 700, Duration.ofSeconds(5))),
            new Descriptor("key:k", Side.CALLER, Limit.concurrency(2)),
            new Descriptor(
                    "key:shadow",
                    Side.CALLER,
                    Limit.per(Dimension.OUTPUT_TOKENS, 300, Duration.ofMinutes(1)),
                    false,
                    Descriptor.Reserves.WORST_CASE),
            new Descriptor("budget:b", Side.CALLER, Period.HOUR.limit(9_000)),
            new Descriptor("budget:e", Side.CALLER, Period.TOTAL.limit(90_000), true, Descriptor.Reserves.EXPECTED),
            LEARNED);
    private static final List<Descriptor> LARGE_LIMITS = List.of(
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, LARGE, Duration.ofDays(1))),
            new Descriptor(
                    "domain:a", Side.DOMAIN, Limit.per(Dimension.INPUT_TOKENS, LARGE - 6, Duration.ofSeconds(7))),
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.OUTPUT_TOKENS, LARGE / 3, Duration.ofDays(90))),
            new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(LARGE)));

    enum What {
        RESERVE,
        SETTLE,
        SETTLE_UNKNOWN,
        REFUND_ALL,
        REFUND_ALL_BUT_REQUEST,
        FINISH,
        OBSERVE,
        RAISE,
        BEAT
    }

    record Step(What what, AttemptId attempt, Duration pause, Amounts amounts, List<Descriptor> limits) {}

    /** What a step must come to, known from the reference before the store has answered. */
    private record Expected(
            CompletionStage<Result> answer, Result result, CompletionStage<List<Usage>> found, List<Usage> usages) {}

    private static final AtomicLong operations = new AtomicLong();
    private static RedisProcess server;
    private static RedisClient client;
    private static StatefulRedisConnection<String, String> admin;
    private static RedisLink link;

    @BeforeContainer
    static void start() {
        server = RedisProcess.start();
        client = RedisClient.create(server.url());
        admin = client.connect();
        link = RedisStores.link(server);
        teachScripts();
    }

    /** A script sent twice comes late; after this, none is. */
    private static void teachScripts() {
        RedisQuotaStore store = RedisStores.store(link, new ManualClock(), RESERVATION, LEASE, (memo, estimate) -> {});
        AttemptId attempt = new AttemptId("call", 1);
        Answers.of(store.reserve(Reservations.of(attempt, List.of(LEARNED), Amounts.NONE)));
        Answers.of(store.observe(
                attempt, List.of(new VendorObservation(LEARNED, new VendorLimit(Dimension.TOKENS, 1L, 1, 1L, null)))));
        Answers.of(store.settle(attempt, Amounts.NONE));
        Answers.of(store.finish("call"));
        Answers.of(store.left(List.of(LEARNED)));
        Answers.of(store.raise(List.of()));
        Answers.of(store.beat());
    }

    @AfterContainer
    static void stop() {
        assertThat(operations.get()).as("operations compared").isGreaterThan(100_000);
        link.close();
        client.shutdown();
        server.close();
    }

    @Property(tries = 2600, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void it_answers_as_the_reference_does(@ForAll("histories") List<Step> steps) {
        run(steps, LIMITS);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void it_is_exact_up_to_53_bits(@ForAll("largeHistories") List<Step> steps) {
        run(steps, LARGE_LIMITS);
    }

    /** All steps are on their way before the first answer is looked at: the connection keeps their order. */
    private static void run(List<Step> steps, List<Descriptor> all) {
        ManualClock clock = new ManualClock();
        RedisQuotaStore store = RedisStores.store(link, clock, RESERVATION, LEASE, (memo, estimate) -> {});
        admin.sync().flushall();
        QuotaBook book = new QuotaBook(RESERVATION.toNanos(), LEASE.toNanos());
        Set<AttemptId> granted = new HashSet<>();
        List<Expected> expected = new ArrayList<>();
        operations.addAndGet(steps.size());
        for (Step step : steps) {
            clock.advance(step.pause);
            QuotaTime now = now(clock);
            CompletionStage<Result> answer = null;
            Result result = null;
            if (step.what == What.RESERVE) {
                answer = store.reserve(Reservations.of(step.attempt, step.limits, step.amounts));
                // Whoever reserves is alive.
                book.renew(now);
                result = reserve(book, step, now, granted);
            } else {
                end(store, step, now);
                end(book, step, now);
            }
            List<Usage> usages =
                    all.stream().map(limit -> book.usage(limit, now)).toList();
            expected.add(new Expected(answer, result, store.usages(all), usages));
        }
        for (Expected each : expected) {
            if (each.answer != null) {
                assertThat(Answers.of(each.answer)).isEqualTo(each.result);
            }
            assertThat(Answers.of(each.found)).isEqualTo(each.usages);
        }
    }

    private static QuotaTime now(ManualClock clock) {
        long micros = RedisStores.micros(clock).getAsLong();
        return QuotaTime.utc(micros * 1000, micros / 1000);
    }

    private static Result reserve(QuotaBook book, Step step, QuotaTime now, Set<AttemptId> before) {
        AttemptId attempt = step.attempt;
        return switch (book.reserve(attempt.callId(), attempt.n(), step.limits, step.amounts, now)) {
            case ReservationResult.Granted granted ->
                new Result.Granted(before.add(attempt) ? granted.left() : List.of());
            case ReservationResult.Denied denied ->
                new Result.Denied(denied.binding(), denied.retryAfterNanos(), denied.available());
        };
    }

    /** Of the present window, and sometimes of another. */
    private static List<Floor> floors(Step step, QuotaTime now) {
        long millis = now.epochMillis() - (step.amounts.inputTokens() % 4 == 0 ? 86_400_000 : 0);
        return step.limits.stream()
                .filter(limit -> Period.of(limit.limit()) != null)
                .map(limit -> Floor.of(limit, step.amounts.cost().value(), millis, now.zone()))
                .toList();
    }

    private static CompletionStage<?> end(RedisQuotaStore store, Step step, QuotaTime now) {
        return switch (step.what) {
            case SETTLE -> store.settle(step.attempt, step.amounts);
            case SETTLE_UNKNOWN -> store.settleUnknown(step.attempt, step.amounts);
            case REFUND_ALL -> store.refund(step.attempt, Extent.ALL);
            case REFUND_ALL_BUT_REQUEST -> store.refund(step.attempt, Extent.ALL_BUT_REQUEST);
            case FINISH -> store.finish(step.attempt.callId());
            case OBSERVE -> store.observe(step.attempt, List.of(new VendorObservation(LEARNED, told(step))));
            case RAISE -> store.raise(floors(step, now));
            case BEAT -> store.beat();
            case RESERVE -> throw new AssertionError();
        };
    }

    private static void end(QuotaBook book, Step step, QuotaTime now) {
        AttemptId attempt = step.attempt;
        switch (step.what) {
            case FINISH -> book.finish(attempt.callId(), now);
            case RAISE -> floors(step, now).forEach(floor -> book.raise(floor, now));
            case BEAT -> book.renew(now);
            case OBSERVE -> book.told(attempt.callId(), attempt.n(), LEARNED, told(step), now);
            case SETTLE -> book.end(attempt.callId(), attempt.n(), new Ending.Settled(step.amounts), now);
            case SETTLE_UNKNOWN -> book.end(attempt.callId(), attempt.n(), new Ending.Unknown(step.amounts), now);
            case REFUND_ALL -> book.end(attempt.callId(), attempt.n(), new Ending.Refunded(), now);
            case REFUND_ALL_BUT_REQUEST ->
                book.end(attempt.callId(), attempt.n(), new Ending.RefundedButRequest(), now);
            case RESERVE -> throw new AssertionError();
        }
    }

    /** Made of the step's amounts, so that histories shrink. */
    private static VendorLimit told(Step step) {
        long cost = step.amounts.cost().value();
        return new VendorLimit(
                Dimension.TOKENS,
                cost % 2 == 0 ? null : 1000L,
                step.amounts.inputTokens() * 2,
                cost % 3 == 0 ? null : cost * 5_000_000,
                null);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Amounts> amounts = Combinators.combine(
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(0, 4_000),
                        Arbitraries.longs().between(0, 3_000))
                .as((in, out, nano, likely) -> new Amounts(1, in, out, new NanoUsd(nano), new NanoUsd(likely)));
        return histories(amounts, LIMITS, 30_000_000L);
    }

    @Provide
    Arbitrary<List<Step>> largeHistories() {
        Arbitrary<Long> large = Arbitraries.longs().between(0, LARGE / 4).withoutEdgeCases();
        Arbitrary<Amounts> amounts = Combinators.combine(large, large, large)
                .as((in, out, nano) -> new Amounts(1, in / 16, out / 16, new NanoUsd(nano / 8)));
        return histories(amounts, LARGE_LIMITS, 300_000_000_000L);
    }

    private static Arbitrary<List<Step>> histories(
            Arbitrary<Amounts> amounts, List<Descriptor> all, long longestMicros) {
        Arbitrary<What> whats = Arbitraries.frequency(
                Tuple.of(8, What.RESERVE),
                Tuple.of(3, What.SETTLE),
                Tuple.of(1, What.SETTLE_UNKNOWN),
                Tuple.of(1, What.REFUND_ALL),
                Tuple.of(1, What.REFUND_ALL_BUT_REQUEST),
                Tuple.of(2, What.FINISH),
                Tuple.of(all.contains(LEARNED) ? 2 : 0, What.OBSERVE),
                Tuple.of(1, What.RAISE),
                Tuple.of(2, What.BEAT));
        Arbitrary<AttemptId> attempts = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(1, 2))
                .as((call, n) -> new AttemptId("call" + call, n));
        Arbitrary<Duration> pauses = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Duration.ZERO)),
                Tuple.of(6, Arbitraries.longs().between(0, 3_000_000).map(micros -> Duration.ofNanos(micros * 1000))),
                Tuple.of(
                        1,
                        Arbitraries.longs().between(0, longestMicros).map(micros -> Duration.ofNanos(micros * 1000))));
        Arbitrary<List<Descriptor>> limits =
                Arbitraries.of(all).set().ofMinSize(1).map(List::copyOf);
        return Combinators.combine(whats, attempts, pauses, amounts, limits)
                .as(Step::new)
                .list()
                .ofMaxSize(80)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
