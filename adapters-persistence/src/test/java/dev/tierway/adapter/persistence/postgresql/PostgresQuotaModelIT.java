package dev.tierway.adapter.persistence.postgresql;

import static dev.tierway.domain.quota.Descriptor.Reserves.EXPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore;
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
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The functions on a real server against the domain's exact reference, operation by operation: 1,000 histories of 100. */
class PostgresQuotaModelIT {
    private static final int STEPS = 100;
    private static final Duration RESERVATION = Duration.ofSeconds(20);
    private static final QuotaTimes TIMES = new QuotaTimes(
            RESERVATION, Duration.ofDays(9999), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(9999));
    private static final ZoneId ZONE = ZoneId.of("America/Havana");
    private static final Descriptor LEARNED =
            new Descriptor("vendor:p/m", Side.DOMAIN, Limit.learned(Dimension.OUTPUT_TOKENS));
    private static final List<Descriptor> LIMITS = List.of(
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 5, Duration.ofSeconds(10))),
            new Descriptor("domain:a", Side.DOMAIN, new Limit(Dimension.TOKENS, 1000, Duration.ofSeconds(10), 700)),
            new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(3)),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 7, Duration.ofSeconds(20))),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.INPUT_TOKENS, 700, Duration.ofSeconds(7))),
            new Descriptor("key:k", Side.CALLER, Limit.concurrency(2)),
            new Descriptor("budget:b", Side.CALLER, Period.HOUR.limit(9_000)),
            new Descriptor("budget:e", Side.CALLER, Period.MONTH.limit(60_000), true, EXPECTED),
            new Descriptor("budget:s", Side.CALLER, Period.TOTAL.limit(10_000), false, Descriptor.Reserves.WORST_CASE),
            // A window that divides nothing, and amounts whose products need more than 64 bits.
            new Descriptor("budget:r", Side.CALLER, Limit.per(Dimension.MONEY, 3_000_000_007L, Duration.ofDays(3))),
            LEARNED);

    private static final AtomicInteger OPERATIONS = new AtomicInteger();
    private static String name;
    private static PostgresDatabase database;

    @BeforeContainer
    static void open() {
        name = PostgresServer.database();
        database = PostgresServer.open(name);
        ClockedQuotaStore.replaceClock(name);
    }

    @AfterContainer
    static void close() {
        database.close();
        assertThat(OPERATIONS.get()).isGreaterThanOrEqualTo(100_000);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void it_answers_as_the_reference_does(@ForAll long seed) {
        PostgresServer.execute(
                name, "DELETE FROM quota_usage", "DELETE FROM quota_reservation", "DELETE FROM quota_call");
        SplittableRandom random = new SplittableRandom(seed);
        ManualClock clock = new ManualClock();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        QuotaBook book =
                new QuotaBook(RESERVATION.toNanos(), Duration.ofDays(9999).toNanos());
        try (ClockedQuotaStore store = new ClockedQuotaStore(
                new PostgresQuotaStore(database, clock, ZONE, TIMES, "model", (memo, estimate) -> {}), clock, name)) {
            for (int step = 0; step < STEPS; step++) {
                clock.advance(pause(random));
                step(random, store, book, new QuotaTime(clock.nanos(), clock.epochMillis(), ZONE), seen);
                OPERATIONS.incrementAndGet();
            }
            QuotaTime now = new QuotaTime(clock.nanos(), clock.epochMillis(), ZONE);
            List<Left> expected = new ArrayList<>();
            for (Descriptor limit : LIMITS) {
                expected.add(Left.of(limit, book.usage(limit, now)));
            }
            assertThat(Answers.of(store.left(LIMITS))).isEqualTo(expected);
        }
    }

    private static Duration pause(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> Duration.ZERO;
            case 3 -> Duration.ofNanos(random.nextLong(30_000_000_000L));
            case 4 -> random.nextInt(4) == 0 ? Duration.ofMinutes(random.nextInt(3000)) : Duration.ofNanos(1);
            default -> Duration.ofMillis(random.nextInt(3000));
        };
    }

    private static void step(
            SplittableRandom random, QuotaStore store, QuotaBook book, QuotaTime now, Set<Object> seen) {
        AttemptId attempt = new AttemptId("call" + random.nextInt(10), 1 + random.nextInt(2));
        String call = attempt.callId();
        Amounts amounts = amounts(random);
        switch (random.nextInt(15)) {
            case 0, 1 -> {
                Answers.of(store.settle(attempt, amounts));
                book.end(call, attempt.n(), new Ending.Settled(amounts), now);
            }
            case 2 -> {
                Answers.of(store.settleUnknown(attempt, amounts));
                book.end(call, attempt.n(), new Ending.Unknown(amounts), now);
            }
            case 3 -> {
                Answers.of(store.refund(attempt, Extent.ALL));
                book.end(call, attempt.n(), new Ending.Refunded(), now);
            }
            case 4 -> {
                Answers.of(store.refund(attempt, Extent.ALL_BUT_REQUEST));
                book.end(call, attempt.n(), new Ending.RefundedButRequest(), now);
            }
            case 5, 6 -> {
                Answers.of(store.finish(call));
                book.finish(call, now);
            }
            case 7 -> {
                VendorLimit word = new VendorLimit(
                        Dimension.OUTPUT_TOKENS,
                        random.nextBoolean() ? null : 1L + random.nextLong(2000),
                        random.nextLong(2000),
                        random.nextBoolean() ? null : random.nextLong(20_000_000_000L),
                        null);
                Answers.of(store.observe(attempt, List.of(new VendorObservation(LEARNED, word))));
                book.told(call, attempt.n(), LEARNED, word, now);
            }
            case 8 -> {
                long around = now.epochMillis() - (random.nextInt(4) == 0 ? 86_400_000 : 0);
                List<Floor> floors = LIMITS.stream()
                        .filter(limit -> Period.of(limit.limit()) != null)
                        .map(limit -> Floor.of(limit, random.nextLong(12_000), around, now.zone()))
                        .toList();
                List<Raised> expected = new ArrayList<>();
                for (Floor floor : floors) {
                    long by = book.raise(floor, now);
                    if (by > 0) {
                        expected.add(new Raised(floor.descriptor(), by));
                    }
                }
                assertThat(Answers.of(store.raise(floors))).isEqualTo(expected);
            }
            default -> {
                List<Descriptor> limits = new ArrayList<>(LIMITS);
                limits.removeIf(limit -> random.nextInt(3) == 0);
                if (!limits.isEmpty()) {
                    assertThat(answered(store, attempt, limits, amounts))
                            .isEqualTo(expected(book, attempt, limits, amounts, now, seen));
                }
            }
        }
    }

    private static Amounts amounts(SplittableRandom random) {
        long cost = random.nextInt(8) == 0 ? random.nextLong(2_000_000_000L) : random.nextLong(4000);
        return new Amounts(
                random.nextInt(2),
                random.nextLong(400),
                random.nextLong(400),
                new NanoUsd(cost),
                new NanoUsd(random.nextLong(cost + 1)));
    }

    /** A repeated reservation is granted without what is left: nobody knows how it was then. */
    private static String answered(QuotaStore store, AttemptId attempt, List<Descriptor> limits, Amounts amounts) {
        Result result = Answers.of(store.reserve(Reservations.of(attempt, limits, amounts)));
        return result instanceof Result.Granted granted && granted.left().isEmpty() ? "again" : result.toString();
    }

    private static String expected(
            QuotaBook book,
            AttemptId attempt,
            List<Descriptor> limits,
            Amounts amounts,
            QuotaTime now,
            Set<Object> seen) {
        return switch (book.reserve(attempt.callId(), attempt.n(), limits, amounts, now)) {
            case ReservationResult.Granted granted ->
                seen.add(granted) ? new Result.Granted(granted.left()).toString() : "again";
            case ReservationResult.Denied denied ->
                new Result.Denied(denied.binding(), denied.retryAfterNanos(), denied.available()).toString();
        };
    }
}
