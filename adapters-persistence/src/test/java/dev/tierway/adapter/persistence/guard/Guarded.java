package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A guarded store on a line that the test breaks, at the test's time. */
final class Guarded {
    static final Duration RESERVATION = Duration.ofMinutes(10);
    static final GuardOptions OPTIONS = new GuardOptions(Duration.ofMillis(250), 3, Duration.ofSeconds(1), 100);

    final ManualClock clock;
    final BookedStore remote;
    final ManualAlarm alarm;
    final List<AttemptId> expired = new ArrayList<>();
    final GuardedQuotaStore store;

    Guarded() {
        this(OPTIONS);
    }

    Guarded(GuardOptions options) {
        this(options, new ManualClock());
    }

    private Guarded(GuardOptions options, ManualClock clock) {
        this(options, clock, new BookedStore(clock, RESERVATION), new ManualAlarm(clock));
    }

    /** One of several instances. */
    Guarded(GuardOptions options, ManualClock clock, BookedStore remote, ManualAlarm alarm) {
        this.clock = clock;
        this.remote = remote;
        this.alarm = alarm;
        this.store = new GuardedQuotaStore(
                remote,
                options,
                clock,
                clock,
                ZoneOffset.UTC,
                RESERVATION,
                (memo, estimate) -> expired.add(memo.attempt()),
                alarm);
    }

    /** Started, and known to answer. */
    static Guarded up() {
        Guarded guarded = new Guarded();
        guarded.store.start();
        return guarded;
    }

    /** Started, and known to be down. */
    static Guarded down() {
        Guarded guarded = new Guarded();
        guarded.goesDown();
        guarded.store.start();
        return guarded;
    }

    void goesDown() {
        remote.is(BookedStore.Line.REFUSES);
    }

    /** Back, and noticed. */
    void comesBack() {
        remote.is(BookedStore.Line.FINE);
        alarm.advance(Duration.ofSeconds(60));
    }

    CompletableFuture<Result> ask(String call, Amounts estimate, Descriptor... limits) {
        return store.reserve(Reservations.of(attempt(call), List.of(limits), estimate))
                .toCompletableFuture();
    }

    Result reserve(String call, Descriptor... limits) {
        return reserve(call, one(), limits);
    }

    Result reserve(String call, Amounts estimate, Descriptor... limits) {
        return Answers.of(ask(call, estimate, limits));
    }

    boolean granted(String call, Descriptor... limits) {
        return reserve(call, limits) instanceof Result.Granted;
    }

    void settle(String call, Amounts actual) {
        Answers.of(store.settle(attempt(call), actual));
        Answers.of(store.finish(call));
    }

    void refund(String call) {
        Answers.of(store.refund(attempt(call), Extent.ALL));
        Answers.of(store.finish(call));
    }

    static AttemptId attempt(String call) {
        return new AttemptId(call, 1);
    }

    static Amounts one() {
        return new Amounts(1, 1, 0, NanoUsd.ZERO);
    }

    static Amounts money(long nanoUsd) {
        return new Amounts(1, 1, 0, new NanoUsd(nanoUsd));
    }
}
