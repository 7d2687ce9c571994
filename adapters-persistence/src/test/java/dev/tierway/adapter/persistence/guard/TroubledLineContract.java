package dev.tierway.adapter.persistence.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.TcpLine;
import dev.tierway.application.port.out.QuotaStore.LimitUnavailableException;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.QuotaStore.Result.Granted;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A real server behind a line that gets slow or is cut, and the guard before it. */
interface TroubledLineContract {
    AtomicInteger TESTS = new AtomicInteger();
    /** More than a busy machine takes to answer, less than the slowest line. */
    GuardOptions OPTIONS = new GuardOptions(Duration.ofSeconds(2), 3, Duration.ofSeconds(1), 1000);

    /** Where the server listens on this machine. */
    int server();

    /** A store on that port, which has begun to give signs of life. */
    Shared open(int port);

    /** What one instance has of it; the guard closes the store. */
    record Shared(RemoteQuotaStore store, AutoCloseable base) {}

    /** One instance. */
    final class Instance implements AutoCloseable {
        final GuardedQuotaStore store;
        final Shared shared;

        Instance(Shared shared) {
            this.shared = shared;
            this.store = GuardedQuotaStore.open(
                    shared.store,
                    OPTIONS,
                    System::nanoTime,
                    System::currentTimeMillis,
                    ZoneOffset.UTC,
                    Guarded.RESERVATION,
                    (memo, estimate) -> {
                        throw new AssertionError("nothing is this old: " + memo);
                    });
        }

        CompletableFuture<Result> ask(String call, long nanoUsd, Descriptor... limits) {
            return store.reserve(Reservations.of(Guarded.attempt(call), List.of(limits), money(nanoUsd)))
                    .toCompletableFuture();
        }

        Result reserve(String call, long nanoUsd, Descriptor... limits) {
            return Answers.of(ask(call, nanoUsd, limits));
        }

        /** How many of so many calls at once are granted. */
        long grantedOf(int calls, String name, Descriptor... limits) {
            List<CompletableFuture<Result>> asked = IntStream.range(0, calls)
                    .mapToObj(call -> ask(name + call, 0, limits))
                    .toList();
            return asked.stream()
                    .map(Answers::of)
                    .filter(Granted.class::isInstance)
                    .count();
        }

        void settle(String call, long nanoUsd) {
            Answers.of(store.settle(Guarded.attempt(call), money(nanoUsd)));
            Answers.of(store.finish(call));
        }

        long used(Descriptor limit) {
            return limit.limit().amount()
                    - Answers.of(store.left(List.of(limit))).getFirst().available();
        }

        private static Amounts money(long nanoUsd) {
            return new Amounts(1, 1, 0, new NanoUsd(nanoUsd));
        }

        /** It has noticed that the store is back, and told it everything. */
        void awaitSynced() {
            await(() -> store.health().up() && store.health().waiting() == 0, "back: " + store.health());
        }

        @Override
        public void close() throws Exception {
            store.close();
            shared.base.close();
        }
    }

    /** Limits of one test. */
    final class Limits {
        private final String name = "t" + TESTS.incrementAndGet();
        final Descriptor requests =
                new Descriptor("domain:" + name, Side.DOMAIN, Limit.per(Dimension.REQUESTS, 10, Duration.ofDays(10)));
        final Descriptor slots = new Descriptor("domain:" + name, Side.DOMAIN, Limit.concurrency(100));
        final Descriptor budget = new Descriptor("budget:" + name, Side.CALLER, Period.TOTAL.limit(1000));
    }

    static void await(BooleanSupplier condition, String what) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(giveUp);
            Thread.onSpinWait();
        }
    }

    /** A port on which nobody listens. */
    static int nobody() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    default void a_store_that_is_down_at_the_start_is_done_without_and_found_once_it_is_there() throws Exception {
        Limits limits = new Limits();
        List<AutoCloseable> bases = new ArrayList<>();
        try (TcpLine line = TcpLine.to(nobody())) {
            RemoteQuotaStore late = new LateQuotaStore(
                    () -> {
                        Shared opened = open(line.port());
                        bases.add(opened.base);
                        return opened.store;
                    },
                    Thread::startVirtualThread);
            AutoCloseable all = () -> {
                for (AutoCloseable base : bases) {
                    base.close();
                }
            };
            try (Instance instance = new Instance(new Shared(late, all))) {
                assertThat(instance.grantedOf(20, "alone", limits.requests)).isEqualTo(10);
                assertThat(Answers.failure(instance.ask("dear", 1, limits.budget)))
                        .isInstanceOf(LimitUnavailableException.class);
                line.lay(server());
                instance.awaitSynced();

                assertThat(instance.reserve("there", 600, limits.requests, limits.budget))
                        .isInstanceOfSatisfying(
                                Granted.class,
                                granted -> assertThat(granted.warning()).isNull());
                assertThat(instance.used(limits.budget)).isEqualTo(600);
                assertThat(instance.used(limits.requests)).isEqualTo(1);
            }
        }
    }

    @Test
    default void a_store_that_goes_down_under_load_has_every_cent_of_it_once_it_is_back() throws Exception {
        Limits limits = new Limits();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger paid = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (TcpLine line = TcpLine.to(server());
                Instance instance = new Instance(open(line.port()))) {
            Runnable worker = () -> {
                for (int call = calls.incrementAndGet(); call <= 400; call = calls.incrementAndGet()) {
                    if (call == 100) {
                        line.lay(nobody());
                    }
                    String name = "call" + call;
                    try {
                        assertThat(instance.reserve(name, 2, limits.budget, limits.slots))
                                .isInstanceOf(Granted.class);
                        instance.settle(name, 1);
                        paid.incrementAndGet();
                    } catch (CompletionException unavailable) {
                        assertThat(unavailable).hasCauseInstanceOf(LimitUnavailableException.class);
                        Answers.of(instance.store.finish(name));
                        refused.incrementAndGet();
                    }
                }
            };
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> workers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    workers.add(threads.submit(worker));
                }
                for (Future<?> one : workers) {
                    one.get();
                }
            }
            assertThat(paid).hasValueGreaterThanOrEqualTo(90);
            assertThat(refused).hasPositiveValue();
            line.lay(server());
            instance.awaitSynced();

            await(() -> instance.used(limits.budget) == paid.get(), "paid " + paid);
            await(() -> instance.used(limits.slots) == 0, "slots");
        }
    }

    @Test
    default void a_store_that_takes_20_ms_is_waited_for() throws Exception {
        Limits limits = new Limits();
        try (TcpLine line = TcpLine.to(server());
                Instance instance = new Instance(open(line.port()))) {
            line.slow(Duration.ofMillis(20));
            for (int call = 0; call < 10; call++) {
                assertThat(instance.reserve("call" + call, 60, limits.requests, limits.slots, limits.budget))
                        .isInstanceOfSatisfying(
                                Granted.class,
                                granted -> assertThat(granted.warning()).isNull());
                instance.settle("call" + call, 50);
            }

            assertThat(instance.reserve("more", 0, limits.requests)).isInstanceOf(Result.Denied.class);
            assertThat(instance.used(limits.budget)).isEqualTo(500);
            assertThat(instance.used(limits.slots)).isZero();
        }
    }

    @Test
    default void a_store_that_takes_5_s_is_not_waited_for_and_its_book_comes_out_even() throws Exception {
        Limits limits = new Limits();
        try (TcpLine line = TcpLine.to(server());
                Instance instance = new Instance(open(line.port()))) {
            instance.reserve("before", 600, limits.budget, limits.slots);
            line.slow(Duration.ofSeconds(5));

            // The first are asked there, and taken there; their answers come too late.
            assertThat(instance.grantedOf(8, "call", limits.requests, limits.slots))
                    .isEqualTo(8);
            assertThat(instance.store.health().up()).isFalse();
            assertThat(instance.reserve("later", 0, limits.requests, limits.slots))
                    .isInstanceOfSatisfying(
                            Granted.class,
                            granted -> assertThat(granted.warning()).isNotNull());
            assertThat(Answers.failure(instance.ask("dear", 1, limits.budget)))
                    .isInstanceOf(LimitUnavailableException.class);
            instance.settle("before", 500);
            instance.settle("later", 0);
            IntStream.range(0, 8).forEach(call -> instance.settle("call" + call, 0));
            line.slow(Duration.ZERO);
            instance.awaitSynced();

            await(() -> instance.used(limits.slots) == 0, "slots of late grants");
            assertThat(instance.used(limits.budget)).isEqualTo(500);
            // Those asked there, and the one that wasn't, which the store is told of afterwards.
            assertThat(instance.used(limits.requests)).isLessThanOrEqualTo(9);
        }
    }

    @Test
    default void one_of_two_instances_cut_off_admits_no_more_than_its_share_and_tells_the_store_later()
            throws Exception {
        Limits limits = new Limits();
        try (TcpLine line = TcpLine.to(server());
                Instance there = new Instance(open(server()));
                Instance cutOff = new Instance(open(line.port()))) {
            await(() -> cutOff.shared.store.liveInstances() == 2, "two instances");
            cutOff.reserve("before", 600, limits.budget, limits.slots);
            line.cut();

            assertThat(cutOff.grantedOf(20, "there", limits.requests)).as("L/N").isEqualTo(5);
            assertThat(there.grantedOf(20, "cut", limits.requests)).as("L").isEqualTo(10);
            assertThat(there.reserve("dear", 400, limits.budget)).isInstanceOf(Granted.class);
            assertThat(Answers.failure(cutOff.ask("dearer", 1, limits.budget)))
                    .isInstanceOf(LimitUnavailableException.class);
            assertThat(there.reserve("dearest", 1, limits.budget)).isInstanceOf(Result.Denied.class);
            cutOff.settle("before", 500);
            assertThat(there.used(limits.slots)).isEqualTo(1);
            line.mend();
            cutOff.awaitSynced();

            await(() -> there.used(limits.budget) == 900, "what was settled meanwhile");
            await(() -> there.used(limits.slots) == 0, "the slot that was given back meanwhile");
            assertThat(cutOff.used(limits.budget)).isEqualTo(900);
            assertThat(there.used(limits.requests)).isEqualTo(10);
        }
    }
}
