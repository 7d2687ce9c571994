package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Failures;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What holds of a circuit whatever attempts enter, commit, fail, linger and return, in whatever order. */
class CircuitProperties {
    @Property(tries = 1000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void whatever_attempts_do_a_circuit_keeps_its_word(@ForAll("lives") ActionChain<Life> lives) {
        Life life = lives.withInvariant("no more than one probe at a time", Life::atMostOneProbe)
                .withInvariant("everybody inside is known", Life::everybodyIsKnown)
                .withInvariant("opens up by time alone", Life::opensUpByTimeAlone)
                .withInvariant("epochs go forward", Life::epochsGoForward)
                .run();
        Statistics.label("closed again")
                .collect(life.closings > 0)
                .coverage(seen -> seen.check(true).percentage(share -> share > 10));
        Statistics.label("stragglers")
                .collect(life.stragglers > 0)
                .coverage(seen -> seen.check(true).percentage(share -> share > 10));
    }

    @Provide
    Arbitrary<ActionChain<Life>> lives() {
        return settings()
                .flatMap(settings -> ActionChain.startWith(() -> new Life(settings))
                        .withAction(6, some("enters", Life::enter))
                        .withAction(1, some("enters pinned", Life::enterPinned))
                        .withAction(3, some("commits", Life::commit))
                        .withAction(2, some("succeeds", Life::succeed))
                        .withAction(6, some("fails", Life::fail))
                        .withAction(1, some("is no model of this vendor", Life::misconfigured))
                        .withAction(1, some("gives back", Life::giveBack))
                        .withAction(2, some("waits ms", (life, millis) -> life.wait(Duration.ofMillis(millis))))
                        .withAction(1, some("waits s", (life, seconds) -> life.wait(Duration.ofSeconds(seconds))))
                        .withAction(2, some("waits until half open", (life, any) -> life.waitUntilHalfOpen()))
                        .withMaxTransformations(120));
    }

    private static Arbitrary<CircuitSettings> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(0, 1, 30),
                        Arbitraries.of(5, 40))
                .as((failures, probes, ramp, open) -> new CircuitSettings(
                        failures,
                        0.8,
                        Duration.ofSeconds(30),
                        5,
                        Duration.ofSeconds(open),
                        Duration.ofSeconds(300),
                        probes,
                        Duration.ofSeconds(ramp)));
    }

    private interface Doing {
        void with(Life life, int number);
    }

    private static Action.Independent<Life> some(String what, Doing doing) {
        return () -> Arbitraries.integers()
                .between(0, 999)
                .map(number -> Transformer.mutate(what + " " + number, life -> doing.with(life, number)));
    }

    /** One replica, and the attempts that are there now. */
    static final class Life {
        private static final Duration LONGEST_OPEN = Duration.ofMinutes(66);

        private final ManualClock clock = new ManualClock();
        private final CircuitSettings settings;
        private final ReplicaRegistry registry;
        private final Replica replica;
        private final List<Permit> inside = new ArrayList<>();
        private int lastEpoch;
        private int closings;
        private int stragglers;

        Life(CircuitSettings settings) {
            this.settings = settings;
            registry = Fleet.fleet()
                    .with(Replicas.replica("p/m").circuit(settings))
                    .registry();
            replica = Objects.requireNonNull(registry.catalogue().replica(new ReplicaId("p/m")));
        }

        private ReplicaState state() {
            return registry.snapshot(List.of(replica), List.of(), clock.nanos())
                    .candidates()
                    .getFirst()
                    .state();
        }

        private Circuit circuit() {
            return state().circuit();
        }

        private Circuit.Phase phase() {
            return circuit().phase(clock.nanos(), settings);
        }

        void enter(int any) {
            enter(false);
        }

        void enterPinned(int any) {
            enter(true);
        }

        private void enter(boolean pinned) {
            boolean probe = circuit().probeFree(clock.nanos(), settings);
            boolean open = phase() == Circuit.Phase.OPEN || phase() == Circuit.Phase.HALF_OPEN;
            PermitResult result = registry.acquire(
                    new PermitRequest(replica, pinned, true, false, new RetryBudget.Rule(1, 3)), clock.nanos());

            assertThat(result instanceof PermitResult.Granted).isEqualTo(pinned || probe || !open);
            if (result instanceof PermitResult.Granted(Permit permit)) {
                assertThat(permit.passage().probe()).isEqualTo(probe);
                inside.add(permit);
            }
        }

        private boolean probes(Permit permit) {
            return permit.passage().probe()
                    && permit.passage().epoch() == circuit().epoch();
        }

        /** Whoever ignored that it is open tells as much by an answer as a probe does. */
        private boolean tells(Permit permit) {
            return permit.passage().tripped()
                    && permit.passage().epoch() == circuit().epoch();
        }

        void commit(int which) {
            if (inside.isEmpty()) {
                return;
            }
            Permit permit = inside.get(which % inside.size());
            Circuit before = circuit();
            boolean tells = tells(permit);
            boolean closes = tells && before.probesSucceeded() + 1 >= settings.probesToClose();

            registry.committed(permit, clock.nanos());

            assertThat(circuit().tripped()).isEqualTo(before.tripped() && !closes);
            if (!tells) {
                assertThat(circuit()).as("a straggler").isSameAs(before);
            }
            closings += closes ? 1 : 0;
        }

        void succeed(int which) {
            end(which, new PermitOutcome.Succeeded(true, 1, 2, 10, 10));
        }

        void fail(int which) {
            end(which, failed(FailureClass.TIMEOUT));
        }

        void giveBack(int which) {
            end(which, new PermitOutcome.Unused());
        }

        void misconfigured(int which) {
            if (!inside.isEmpty()) {
                Permit permit = inside.remove(which % inside.size());
                registry.release(permit, failed(FailureClass.MISCONFIGURED), clock.nanos());
                assertThat(phase()).isEqualTo(Circuit.Phase.OPEN);
            }
        }

        private static PermitOutcome failed(FailureClass kind) {
            return new PermitOutcome.Failed(Failures.failure(kind), true, 1, 1, 10);
        }

        private void end(int which, PermitOutcome outcome) {
            if (inside.isEmpty()) {
                return;
            }
            Permit permit = inside.remove(which % inside.size());
            Circuit before = circuit();
            boolean straggler = before.tripped() && !probes(permit);
            boolean probeFails = probes(permit) && outcome instanceof PermitOutcome.Failed;

            registry.release(permit, outcome, clock.nanos());

            Circuit after = circuit();
            if (straggler) {
                stragglers++;
                assertThat(after.epoch()).isEqualTo(before.epoch());
                assertThat(after.openUntilNanos()).as("nor made longer").isEqualTo(before.openUntilNanos());
            }
            if (before.tripped()) {
                assertThat(after.tripped()).as("only a commit closes").isTrue();
                assertThat(after.epoch() > before.epoch()).isEqualTo(probeFails);
            }
            if (!(outcome instanceof PermitOutcome.Failed)) {
                assertThat(after.tripped()).isEqualTo(before.tripped());
            }
        }

        void wait(Duration time) {
            clock.advance(time);
        }

        void waitUntilHalfOpen() {
            Long until = circuit().openUntilNanos(clock.nanos(), settings);
            if (until != null) {
                clock.advanceTo(until);
                assertThat(phase()).isEqualTo(Circuit.Phase.HALF_OPEN);
            }
        }

        void atMostOneProbe() {
            long probing = inside.stream().filter(this::probes).count();
            assertThat(probing).isLessThanOrEqualTo(1).isEqualTo(circuit().probesInFlight());
        }

        void everybodyIsKnown() {
            assertThat(state().inFlight()).isEqualTo(inside.size());
        }

        void opensUpByTimeAlone() {
            Circuit circuit = circuit();
            Long until = circuit.openUntilNanos(clock.nanos(), settings);
            if (until != null) {
                assertThat(until - clock.nanos()).isLessThanOrEqualTo(LONGEST_OPEN.toNanos());
                assertThat(circuit.phase(until, settings)).isEqualTo(Circuit.Phase.HALF_OPEN);
            }
            double before = 0;
            for (int second = 0; second <= 60; second += 3) {
                double share = circuit.admittedShare(clock.nanos() + second * 1_000_000_000L, settings);
                assertThat(share).isBetween(before, 1.0);
                assertThat(share == 0).isEqualTo(circuit.tripped());
                before = share;
            }
        }

        void epochsGoForward() {
            assertThat(circuit().epoch()).isGreaterThanOrEqualTo(lastEpoch);
            lastEpoch = circuit().epoch();
        }
    }
}
