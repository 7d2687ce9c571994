package dev.tierway.adapter.persistence.lease;

import static dev.tierway.adapter.persistence.lease.Leased.MOST;
import static dev.tierway.adapter.persistence.lease.Leased.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.Statistics;

/** Three instances on one exact reference, at random; the store answers at once or late. */
class LeasedQuotaStoreProperties {
    private static final int INSTANCES = 3;
    private static final Limit LIMIT = TOKENS.limit();
    /** What leaks in the life of a share. */
    private static final long EARLY = 100;

    private static final class Attempt {
        final String call;
        final Leased at;
        final long estimate;
        final long grantedAt;
        long charged = -1;

        Attempt(String call, Leased at, long estimate, long grantedAt) {
            this.call = call;
            this.at = at;
            this.estimate = estimate;
            this.grantedAt = grantedAt;
        }

        /** What the bound speaks of: less than estimated is given back, more comes on top. */
        long counted() {
            return charged < 0 ? estimate : Math.min(estimate, charged);
        }
    }

    /** One history: what was asked, and what the exact reference makes of the same calls, with nothing ever given back. */
    private static final class History {
        final ManualClock clock = new ManualClock();
        final SharedBook shared = new SharedBook(clock);
        final List<Leased> instances = new ArrayList<>();
        final QuotaBook reference = new QuotaBook(SharedBook.RESERVATION.toNanos(), SharedBook.RESERVATION.toNanos());
        final List<Attempt> granted = new ArrayList<>();
        final List<Attempt> open = new ArrayList<>();
        final java.util.Random chance;
        int calls;
        int denied;

        History(long seed) {
            chance = new java.util.Random(seed);
            for (int i = 0; i < INSTANCES; i++) {
                instances.add(new Leased(shared, clock, "gw" + i));
            }
        }

        QuotaTime now() {
            return shared.now();
        }

        long referenceUsed() {
            return reference.usage(TOKENS, now()).used();
        }

        void reserve(Leased at, long estimate) {
            String call = "call" + calls++;
            long before = referenceUsed();
            var answer =
                    at.store.reserve(Reservations.of(Leased.attempt(call), List.of(TOKENS), Leased.tokens(estimate)));
            shared.release();
            Result result = answer.toCompletableFuture().join();
            switch (result) {
                case Result.Granted yes -> {
                    Attempt one = new Attempt(call, at, estimate, clock.nanos());
                    granted.add(one);
                    open.add(one);
                    reference.reserve(call, 1, List.of(ShareOptions.counted(TOKENS)), Leased.tokens(estimate), now());
                }
                case Result.Denied no -> {
                    denied++;
                    assertThat(no.binding()).isEqualTo(TOKENS);
                    assertThat(before + estimate)
                            .as("denied although there was room beyond what may be stranded")
                            .isGreaterThan(LIMIT.burst() - EARLY - stranded());
                }
            }
        }

        static long stranded() {
            return 2 * INSTANCES * MOST + EARLY;
        }

        void end(Attempt one, long charged) {
            one.charged = charged;
            var told = one.at.store.settle(Leased.attempt(one.call), Leased.tokens(charged));
            assertThat(told).isNotNull();
            // More than estimated is owed; what was estimated and not used is given back late, so the reference never
            // does.
            reference.end(one.call, 1, new Ending.Settled(Leased.tokens(Math.max(one.estimate, charged))), now());
            open.remove(one);
        }

        void run(int steps, boolean timePasses) {
            for (int step = 0; step < steps; step++) {
                Leased at = instances.get(chance.nextInt(INSTANCES));
                switch (chance.nextInt(10)) {
                    case 0, 1, 2, 3, 4 -> {
                        for (int i = chance.nextInt(12); i >= 0; i--) {
                            reserve(at, chance.nextInt(chance.nextInt(100) == 0 ? 2_000 : 25));
                        }
                    }
                    case 5, 6, 7 -> {
                        for (int i = Math.min(open.size(), chance.nextInt(16)); i > 0; i--) {
                            Attempt one = open.get(chance.nextInt(open.size()));
                            end(one, chance.nextInt((int) (2 * one.estimate + 1)));
                        }
                    }
                    case 8 -> {
                        if (timePasses) {
                            clock.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(30) == 0 ? 20_000 : 400)));
                        }
                    }
                    default -> at.store.tick();
                }
                shared.slow = chance.nextInt(4) == 0;
                if (chance.nextBoolean()) {
                    shared.release();
                }
                assertThat(shared.used(TOKENS) - referenceUsed())
                        .as("stranded after step %d", step)
                        .isLessThanOrEqualTo(stranded());
            }
            shared.slow = false;
            shared.release();
        }

        void endAll() {
            List.copyOf(open).forEach(one -> end(one, one.estimate / 2));
            instances.forEach(one -> one.store.close());
        }

        /** The largest excess over B + L·t/W of any stretch of time, in amounts times the window's nanoseconds; 0 or less is none. */
        long worstExcess() {
            long window = LIMIT.window().toNanos();
            long sum = 0;
            long least = Long.MAX_VALUE;
            long worst = Long.MIN_VALUE;
            long start = granted.isEmpty() ? 0 : granted.getFirst().grantedAt;
            for (Attempt one : granted) {
                long leaked = LIMIT.amount() * (one.grantedAt - start);
                least = Math.min(least, window * sum - leaked);
                sum += one.counted();
                worst = Math.max(worst, window * sum - leaked - least);
            }
            return worst - window * LIMIT.burst();
        }

        long here() {
            return instances.stream().mapToLong(Leased::here).sum();
        }
    }

    @Property(tries = 150)
    void never_more_than_the_limit_is_admitted_and_never_more_than_stated_is_stranded(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long seed,
            @ForAll @IntRange(min = 20, max = 400) int steps) {
        History history = new History(seed);
        history.run(steps, true);

        assertThat(history.worstExcess()).as("admitted beyond B + L·t/W").isLessThanOrEqualTo(0);
        Statistics.label("admitted from shares").collect(history.here() > history.granted.size() / 4);
        Statistics.label("something denied").collect(history.denied > 0);
    }

    @Property(tries = 100)
    void when_all_is_over_the_store_has_exactly_what_was_used(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long seed,
            @ForAll @IntRange(min = 20, max = 150) int steps) {
        History history = new History(seed);
        history.run(steps, false);
        history.endAll();

        assertThat(history.shared.tokens)
                .isEqualTo(
                        history.granted.stream().mapToLong(one -> one.charged).sum());
        assertThat(history.shared.book.open()).isZero();
    }
}
