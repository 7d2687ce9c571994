package dev.tierway.adapter.persistence.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.guard.BookedStore.Line;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Over any schedule of failures: nobody admits more than the stated bound, and the store's book comes out even. */
class GuardedQuotaStoreProperties {
    private static final int BURST = 12;
    private static final int SLOTS = 6;
    private static final Descriptor REQUESTS =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, BURST, Duration.ofMinutes(1)));
    private static final Descriptor CONCURRENCY = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(SLOTS));
    private static final Descriptor KEY_CONCURRENCY = new Descriptor("key:k", Side.CALLER, Limit.concurrency(SLOTS));
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(20_000));
    private static final long ESTIMATE = 1_000;

    enum What {
        RESERVE,
        RESERVE_MONEY,
        SETTLE,
        REFUND,
        LEAVE,
        BREAK,
        RELEASE,
        PASS
    }

    /** @param instance which one does it, or all: whose line breaks */
    record Step(What what, int instance, int which, Line line, Duration time) {}

    /** One instance: its own line to the same book. */
    private static final class Instance {
        final Guarded guarded;
        final Map<String, CompletableFuture<Result>> asked = new LinkedHashMap<>();
        final List<String> admitted = new ArrayList<>();
        /** Finished before their reservations were answered: their clients have left. */
        final Set<String> left = new HashSet<>();

        Instance(ManualClock clock, ManualAlarm alarm, BookedStore book, int instances) {
            BookedStore line = new BookedStore(clock, book.book);
            line.instances = instances;
            guarded = new Guarded(Guarded.OPTIONS, clock, line, alarm);
            guarded.store.start();
        }
    }

    private final Map<String, Long> spent = new LinkedHashMap<>();
    private final List<Long> admittedAt = new ArrayList<>();
    private final Map<String, Boolean> money = new LinkedHashMap<>();
    private int calls;

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void bounds_hold_and_everything_granted_is_ended_once(
            @ForAll("schedules") List<Step> steps, @ForAll("fleets") int n) {
        ManualClock clock = new ManualClock();
        ManualAlarm alarm = new ManualAlarm(clock);
        BookedStore book = new BookedStore(clock, Guarded.RESERVATION);
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            instances.add(new Instance(clock, alarm, book, n));
        }
        spent.clear();
        admittedAt.clear();
        money.clear();
        for (Step step : steps) {
            perform(step, instances.get(step.instance % n), alarm);
            instances.forEach(one -> noteAnswers(one, clock));
            assertBounds(instances, n, clock.nanos());
        }
        for (Instance one : instances) {
            one.guarded.remote.is(Line.FINE);
            one.guarded.remote.release();
        }
        alarm.advance(Duration.ofSeconds(1));
        for (Instance one : instances) {
            noteAnswers(one, clock);
            List.copyOf(one.admitted).forEach(call -> end(one, call, true));
        }
        alarm.advance(Duration.ofMinutes(3));

        assertThat(book.book.open()).as("open in the store").isZero();
        assertThat(book.used(CONCURRENCY)).isZero();
        assertThat(book.used(KEY_CONCURRENCY)).isZero();
        assertThat(book.used(BUDGET)).as("spent").isEqualTo(total());
        assertThat(instances).allMatch(one -> one.guarded.store.health().up());
        assertThat(instances).allMatch(one -> one.guarded.store.health().waiting() == 0);
    }

    private void perform(Step step, Instance on, ManualAlarm alarm) {
        switch (step.what) {
            case RESERVE -> reserve(on, REQUESTS, CONCURRENCY, KEY_CONCURRENCY);
            case RESERVE_MONEY -> reserve(on, BUDGET, KEY_CONCURRENCY);
            case SETTLE, REFUND -> {
                if (!on.admitted.isEmpty()) {
                    end(on, on.admitted.get(step.which % on.admitted.size()), step.what == What.SETTLE);
                }
            }
            case LEAVE ->
                on.asked.keySet().stream().skip(step.which % 3).findFirst().ifPresent(call -> {
                    if (on.left.add(call)) {
                        on.guarded.store.finish(call);
                    }
                });
            case BREAK -> on.guarded.remote.is(step.line);
            case RELEASE -> on.guarded.remote.release();
            case PASS -> alarm.advance(step.time);
        }
    }

    private void reserve(Instance on, Descriptor... limits) {
        String call = "call" + calls++;
        money.put(call, limits[0] == BUDGET);
        on.asked.put(call, on.guarded.ask(call, Guarded.money(ESTIMATE), limits));
    }

    /** As the driver does: what isn't granted is over. */
    private void noteAnswers(Instance on, ManualClock clock) {
        for (Map.Entry<String, CompletableFuture<Result>> one : List.copyOf(on.asked.entrySet())) {
            if (one.getValue().isDone()) {
                on.asked.remove(one.getKey());
                if (on.left.contains(one.getKey())) {
                    on.guarded.store.refund(Guarded.attempt(one.getKey()), Extent.ALL);
                } else if (!one.getValue().isCompletedExceptionally()
                        && one.getValue().join() instanceof Result.Granted) {
                    on.admitted.add(one.getKey());
                    if (!money.get(one.getKey())) {
                        admittedAt.add(clock.nanos());
                    }
                } else {
                    on.guarded.store.finish(one.getKey());
                }
            }
        }
    }

    private void end(Instance on, String call, boolean used) {
        on.admitted.remove(call);
        if (used) {
            long cost = ESTIMATE - calls % 7;
            on.guarded.store.settle(Guarded.attempt(call), new Amounts(1, 1, 0, new NanoUsd(cost)));
            if (money.get(call)) {
                spent.put(call, cost);
            }
        } else {
            // The vendor saw it: requests stay counted, so that all admitted are.
            on.guarded.store.refund(Guarded.attempt(call), Extent.ALL_BUT_REQUEST);
        }
        on.guarded.store.finish(call);
    }

    private void assertBounds(List<Instance> instances, int n, long now) {
        long share = Math.max(1, BURST / n);
        // From the shared bucket and from each share: a burst, and what runs in meanwhile.
        for (int from = 0; from < admittedAt.size(); from++) {
            double minutes = (now - admittedAt.get(from)) / 60e9;
            assertThat((double) (admittedAt.size() - from))
                    .as("requests admitted in %s min", minutes)
                    .isLessThanOrEqualTo((BURST + n * share) * (1 + minutes) + 1e-6);
        }
        int inFlight = 0;
        int spending = 0;
        for (Instance one : instances) {
            for (String call : one.admitted) {
                inFlight += money.get(call) ? 0 : 1;
                spending += money.get(call) ? 1 : 0;
            }
        }
        assertThat(inFlight).as("in flight").isLessThanOrEqualTo(SLOTS + n * Math.max(1, SLOTS / n));
        assertThat(total() + spending * ESTIMATE)
                .as("spent or reserved")
                .isLessThanOrEqualTo(BUDGET.limit().amount());
    }

    private long total() {
        return spent.values().stream().mapToLong(Long::longValue).sum();
    }

    @Provide
    Arbitrary<Integer> fleets() {
        return Arbitraries.of(1, 2, 3, 8);
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        Arbitrary<What> whats = Arbitraries.frequency(
                Tuple.of(8, What.RESERVE),
                Tuple.of(5, What.RESERVE_MONEY),
                Tuple.of(6, What.SETTLE),
                Tuple.of(3, What.REFUND),
                Tuple.of(2, What.LEAVE),
                Tuple.of(3, What.BREAK),
                Tuple.of(1, What.RELEASE),
                Tuple.of(5, What.PASS));
        Arbitrary<Line> lines = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Line.FINE)), Tuple.of(3, Arbitraries.of(Line.values())));
        Arbitrary<Duration> times = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(1, 400).map(Duration::ofMillis)),
                Tuple.of(2, Arbitraries.longs().between(400, 8_000).map(Duration::ofMillis)));
        return Combinators.combine(
                        whats,
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 50),
                        lines,
                        times)
                .as(Step::new)
                .list()
                .ofMaxSize(150);
    }
}
