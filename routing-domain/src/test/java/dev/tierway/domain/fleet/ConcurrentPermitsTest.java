package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads, one registry. */
class ConcurrentPermitsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 5_000;

    private final ManualClock clock = new ManualClock();

    private static void together(Callable<Object> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Object>> all = IntStream.range(0, THREADS)
                    .mapToObj(i -> threads.submit(work))
                    .toList();
            for (Future<Object> one : all) {
                one.get();
            }
        }
    }

    private static PermitResult enter(ReplicaRegistry registry, long now) {
        Replica replica = Objects.requireNonNull(registry.catalogue().replica(new ReplicaId("p/m")));
        return registry.acquire(new PermitRequest(replica, false, true, false, new RetryBudget.Rule(0.2, 3)), now);
    }

    @Test
    void never_more_than_the_limit_are_inside_and_none_is_lost() throws Exception {
        ReplicaRegistry registry =
                Fleet.fleet().with(Replicas.replica("p/m").limit(3)).registry();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();

        together(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (enter(registry, clock.nanos()) instanceof PermitResult.Granted(Permit permit)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    registry.sent(permit, clock.nanos());
                    registry.release(permit, new PermitOutcome.Succeeded(true, 1_000, 2_000, 10, 10), clock.nanos());
                    done.incrementAndGet();
                }
            }
            return true;
        });

        ReplicaView view = new Past(registry, clock).view("p/m");
        ReplicaState state = view.state();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(state.inFlight()).isZero();
        assertThat(state.calls()).isEqualTo(done.get()).isPositive();
        assertThat(view.successesAt(clock.nanos())).isEqualTo(done.get());
    }

    @Test
    void a_half_open_circuit_lets_exactly_one_of_many_in() throws Exception {
        for (int round = 0; round < 50; round++) {
            ReplicaRegistry registry = Fleet.of("p/m").registry();
            new Past(registry, clock).failed("p/m", failure(FailureClass.TIMEOUT), 5);
            clock.advance(Duration.ofSeconds(6));
            AtomicInteger entered = new AtomicInteger();

            together(() -> {
                if (enter(registry, clock.nanos()) instanceof PermitResult.Granted) {
                    entered.incrementAndGet();
                }
                return true;
            });

            assertThat(entered.get()).isEqualTo(1);
        }
    }
}
