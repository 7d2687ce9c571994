package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Failures;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Replicas;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to permits at once could have been done one after another (I11): Lincheck walks through the ways
 * their steps can interleave, then lets them loose, and looks for a result that no order explains.
 */
class PermitLinearizabilityTest {
    private static final int MOST_THREADS = 8;
    private static final int LIMIT = 2;
    private static final long NOW = ManualClock.START;
    private static final RetryBudget.Rule RULE = new RetryBudget.Rule(0.2, 3);

    private static <O extends Options<O, ?>> O small(O options) {
        return options.threads(3).actorsPerThread(2).actorsBefore(0).actorsAfter(1);
    }

    private static void check(Class<?> structure, Class<?> oneByOne) {
        small(new ModelCheckingOptions())
                .iterations(8)
                .invocationsPerIteration(60)
                .sequentialSpecification(oneByOne)
                .check(structure);
        small(new StressOptions())
                .iterations(10)
                .invocationsPerIteration(500)
                .sequentialSpecification(oneByOne)
                .check(structure);
    }

    @Test
    void a_limit_is_never_exceeded_and_every_place_given_back_is_there_again() {
        assertThatCode(() -> check(LimitedReplica.class, LimitedReplica.OneByOne.class))
                .doesNotThrowAnyException();
    }

    @Test
    void a_half_open_circuit_has_one_probe_at_a_time_and_only_its_probe_moves_it() {
        assertThatCode(() -> check(HalfOpenReplica.class, HalfOpenReplica.OneByOne.class))
                .doesNotThrowAnyException();
    }

    @Test
    void a_retry_budget_is_never_overdrawn() {
        assertThatCode(() -> check(BudgetedReplica.class, BudgetedReplica.OneByOne.class))
                .doesNotThrowAnyException();
    }

    @Test
    void looking_before_entering_without_holding_on_would_be_found_out() {
        assertThatThrownBy(() -> check(CarelessReplica.class, LimitedReplica.OneByOne.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static Permit.Cells cells(ReplicaState state) {
        return new Permit.Cells(
                new Cell<>(state),
                new Cell<>(ProbeState.UNPROBED),
                new Cell<>(ModelState.UNMEASURED),
                new Cell<>(ProviderState.FRESH),
                null);
    }

    /** A replica with two places. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static final class LimitedReplica {
        private static final Replica REPLICA =
                Replicas.replica("p/m").limit(LIMIT).build();

        private final Permit.Cells cells = cells(ReplicaState.fresh(CircuitSettings.DEFAULTS));
        private final Admission admission = new Admission(new Cell<>(RetryBudget.EMPTY));
        private final Permit[] held = new Permit[MOST_THREADS];

        @Operation
        public boolean enter(@Param(name = "thread") int thread) {
            PermitRequest request = new PermitRequest(REPLICA, false, true, false, RULE);
            if (held[thread] == null
                    && admission.acquire(request, cells, NOW) instanceof PermitResult.Granted(Permit permit)) {
                held[thread] = permit;
                return true;
            }
            return false;
        }

        @Operation
        public boolean leave(@Param(name = "thread") int thread) {
            Permit permit = held[thread];
            if (permit == null) {
                return false;
            }
            held[thread] = null;
            admission.release(permit, new PermitOutcome.Unused(), NOW);
            return true;
        }

        @Operation
        public int inside() {
            return cells.replica().get().inFlight();
        }

        /** What it should be like. */
        public static final class OneByOne {
            private final boolean[] held = new boolean[MOST_THREADS];
            private int inside;

            public boolean enter(int thread) {
                if (held[thread] || inside == LIMIT) {
                    return false;
                }
                inside++;
                held[thread] = true;
                return true;
            }

            public boolean leave(int thread) {
                if (!held[thread]) {
                    return false;
                }
                inside--;
                held[thread] = false;
                return true;
            }

            public int inside() {
                return inside;
            }
        }
    }

    /** A replica whose provider allows three repeats; the gateway allows more. */
    public static final class BudgetedReplica {
        private static final int ALLOWED = RetrySettings.DEFAULTS.budgetMinimum();
        private static final Replica REPLICA = Replicas.replica("p/m").build();
        private static final RetryBudget.Rule GATEWAY = new RetryBudget.Rule(0.2, 100);

        private final Permit.Cells cells = cells(ReplicaState.fresh(CircuitSettings.DEFAULTS));
        private final Admission admission = new Admission(new Cell<>(RetryBudget.EMPTY));

        @Operation
        public boolean repeat() {
            PermitRequest request = new PermitRequest(REPLICA, false, false, true, GATEWAY);
            return admission.acquire(request, cells, NOW) instanceof PermitResult.Granted;
        }

        /** What it should be like. */
        public static final class OneByOne {
            private int repeats;

            public boolean repeat() {
                return repeats++ < ALLOWED;
            }
        }
    }

    /** Looks whether there is room, then enters: another may have entered in between. */
    public static final class CarelessReplica {
        private final AtomicInteger inside = new AtomicInteger();
        private final boolean[] held = new boolean[MOST_THREADS];

        @Operation
        public boolean enter(@Param(gen = ThreadIdGen.class) int thread) {
            if (held[thread] || inside.get() == LIMIT) {
                return false;
            }
            inside.incrementAndGet();
            held[thread] = true;
            return true;
        }

        @Operation
        public boolean leave(@Param(gen = ThreadIdGen.class) int thread) {
            if (!held[thread]) {
                return false;
            }
            held[thread] = false;
            inside.decrementAndGet();
            return true;
        }

        @Operation
        public int inside() {
            return inside.get();
        }
    }

    /** A replica whose circuit opened long ago: it waits for a probe. Time stands still. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static final class HalfOpenReplica {
        private static final Replica REPLICA = Replicas.replica("p/m").build();
        private static final Circuit HALF_OPEN = Circuit.closed(CircuitSettings.DEFAULTS)
                .open(FailureClass.TIMEOUT, NOW - 1_000, 1, 1, CircuitSettings.DEFAULTS, 0);

        private final Permit.Cells cells =
                cells(ReplicaState.fresh(CircuitSettings.DEFAULTS).with(0, HALF_OPEN));
        private final Admission admission = new Admission(new Cell<>(RetryBudget.EMPTY));
        private final Permit[] held = new Permit[MOST_THREADS];

        @Operation
        public String enter(@Param(name = "thread") int thread) {
            return enter(thread, false);
        }

        @Operation
        public String enterPinned(@Param(name = "thread") int thread) {
            return enter(thread, true);
        }

        private String enter(int thread, boolean pinned) {
            PermitRequest request = new PermitRequest(REPLICA, pinned, true, false, RULE);
            if (held[thread] == null
                    && admission.acquire(request, cells, NOW) instanceof PermitResult.Granted(Permit permit)) {
                held[thread] = permit;
                return permit.probe() ? "probe" : "plain";
            }
            return "refused";
        }

        @Operation
        public void succeed(@Param(name = "thread") int thread) {
            end(thread, new PermitOutcome.Unused(), true);
        }

        @Operation
        public void fail(@Param(name = "thread") int thread) {
            end(thread, new PermitOutcome.Failed(Failures.failure(FailureClass.TIMEOUT), true, 1, 1, 1), false);
        }

        @Operation
        public void giveBack(@Param(name = "thread") int thread) {
            end(thread, new PermitOutcome.Unused(), false);
        }

        private void end(int thread, PermitOutcome outcome, boolean committed) {
            Permit permit = held[thread];
            if (permit != null) {
                held[thread] = null;
                if (committed) {
                    admission.committed(permit, NOW);
                }
                admission.release(permit, outcome, NOW);
            }
        }

        /** What it should be like. */
        public static final class OneByOne {
            private final Inside[] held = new Inside[MOST_THREADS];
            private Circuit.Phase phase = Circuit.Phase.HALF_OPEN;
            private int epoch;
            private boolean probing;

            private record Inside(int epoch, boolean probe, boolean news) {}

            public String enter(int thread) {
                return enter(thread, false);
            }

            public String enterPinned(int thread) {
                return enter(thread, true);
            }

            private String enter(int thread, boolean pinned) {
                boolean probe = phase == Circuit.Phase.HALF_OPEN && !probing;
                boolean trusted = phase == Circuit.Phase.RAMPING;
                if (held[thread] != null || !(probe || trusted || pinned)) {
                    return "refused";
                }
                probing |= probe;
                held[thread] = new Inside(epoch, probe, !trusted);
                return probe ? "probe" : "plain";
            }

            public void succeed(int thread) {
                Inside one = left(thread);
                if (one != null && one.news) {
                    become(Circuit.Phase.RAMPING);
                }
            }

            /** A few failures of others than the probe open nothing. */
            public void fail(int thread) {
                Inside one = left(thread);
                if (one != null && one.probe) {
                    become(Circuit.Phase.OPEN);
                }
            }

            public void giveBack(int thread) {
                Inside one = left(thread);
                probing &= one == null || !one.probe;
            }

            /** Null if nobody was inside, or only a straggler. */
            private Inside left(int thread) {
                Inside one = held[thread];
                held[thread] = null;
                return one == null || one.epoch != epoch ? null : one;
            }

            private void become(Circuit.Phase next) {
                phase = next;
                epoch++;
                probing = false;
            }
        }
    }
}
