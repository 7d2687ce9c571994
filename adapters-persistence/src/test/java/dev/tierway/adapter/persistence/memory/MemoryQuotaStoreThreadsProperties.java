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
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** However threads meet, no more is admitted than the limits allow. */
class MemoryQuotaStoreThreadsProperties {
    private static final int THREADS = 4;
    private static final int CALLS = 150;

    /** What was admitted between two readings of the clock, and what of it counted in the end. */
    private record Admitted(long before, long after, long tokens) {}

    @Property(tries = 40)
    void threads_together_get_no_more_than_burst_and_rate(
            @ForAll long seed,
            @ForAll @LongRange(min = 1, max = 5000) long perSecond,
            @ForAll @IntRange(min = 1, max = 3) int slots)
            throws Exception {
        ManualClock clock = new ManualClock();
        MemoryQuotaStore store =
                new MemoryQuotaStore(clock, clock, ZoneOffset.UTC, Duration.ofHours(1), (memo, estimate) -> {});
        Limit rate = new Limit(Dimension.TOKENS, perSecond, Duration.ofSeconds(1), 500);
        List<Descriptor> limits = List.of(
                new Descriptor("domain:a", Side.DOMAIN, rate),
                new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(slots)),
                new Descriptor("budget:b", Side.CALLER, Period.TOTAL.limit(40_000)));
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<Admitted> admitted = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<List<Admitted>>> callers = new ArrayList<>();
            SplittableRandom seeds = new SplittableRandom(seed);
            for (int t = 0; t < THREADS; t++) {
                String name = "thread" + t;
                SplittableRandom random = seeds.split();
                // Half of them list the limits the other way round: that must not end in a deadlock.
                List<Descriptor> order = t % 2 == 0 ? limits : limits.reversed();
                callers.add(() -> calls(name, random, store, clock, order, inFlight, most));
            }
            for (Future<List<Admitted>> caller : threads.invokeAll(callers)) {
                admitted.addAll(caller.get());
            }
        }

        assertThat(most.get()).isLessThanOrEqualTo(slots);
        assertThat(admitted.stream().mapToLong(Admitted::tokens).sum()).isLessThanOrEqualTo(40_000);
        assertWithinRate(admitted, rate);
        assertThat(store.open()).isZero();
    }

    private static List<Admitted> calls(
            String name,
            SplittableRandom random,
            MemoryQuotaStore store,
            ManualClock clock,
            List<Descriptor> limits,
            AtomicInteger inFlight,
            AtomicInteger most) {
        List<Admitted> admitted = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            AttemptId attempt = new AttemptId(name + "-" + call, 1);
            long estimate = random.nextLong(300);
            long before = clock.nanos();
            if (!(Answers.of(store.reserve(Reservations.of(attempt, limits, tokens(estimate))))
                    instanceof Result.Granted)) {
                clock.advance(Duration.ofMillis(random.nextInt(5)));
                continue;
            }
            long after = clock.nanos();
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            clock.advance(Duration.ofMillis(random.nextInt(20)));
            inFlight.decrementAndGet();
            long actual = random.nextInt(4) == 0 ? 0 : random.nextLong(estimate + 1);
            Answers.of(actual == 0 ? store.refund(attempt, Extent.ALL) : store.settle(attempt, tokens(actual)));
            admitted.add(new Admitted(before, after, actual));
        }
        return admitted;
    }

    private static void assertWithinRate(List<Admitted> admitted, Limit rate) {
        List<Admitted> byEnd = new ArrayList<>(admitted);
        byEnd.sort(Comparator.comparingLong(Admitted::after));
        for (Admitted first : admitted) {
            long sum = 0;
            for (Admitted one : byEnd) {
                if (one.before >= first.before) {
                    sum += one.tokens;
                    double most = rate.burst() + rate.amount() * ((one.after - first.before) / 1e9);
                    assertThat((double) sum).isLessThanOrEqualTo(most + 1e-6);
                }
            }
        }
    }

    private static Amounts tokens(long amount) {
        return new Amounts(1, amount, 0, new NanoUsd(amount));
    }
}
