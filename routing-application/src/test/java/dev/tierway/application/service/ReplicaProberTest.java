package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.fixture.FakeExecutor;
import dev.tierway.application.fixture.FakeProbe;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.port.out.ProbePlan;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When servers are looked at, and what is made of it. */
class ReplicaProberTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** An interval with all its jitter. */
    private static final Duration AT_MOST = Duration.ofSeconds(11);

    private static final Duration AT_LEAST = Duration.ofSeconds(9);

    private final ManualClock clock = new ManualClock();
    private final FakeExecutor executor = new FakeExecutor(clock);
    private final FakeProbe probe = new FakeProbe();
    private final Recorded recorded = new Recorded();
    private final SplittableRandom chance = new SplittableRandom(7);
    private ReplicaRegistry registry = Fleet.of("box/m", "remote/m").registry();
    private ReplicaProber prober = prober();

    private ReplicaProber prober() {
        return new ReplicaProber(registry, probe, executor, clock::nanos, chance::nextLong, List.of(recorded));
    }

    private void fleet(Fleet fleet) {
        registry = fleet.registry();
        prober = prober();
    }

    private Past past() {
        return new Past(registry, clock);
    }

    private boolean unhealthy(String id) {
        return past().view(id).probe().unhealthyUntilNanos(clock.nanos()) != null;
    }

    private void start() {
        prober.follow();
        executor.turn();
    }

    @Test
    void replicas_with_a_plan_are_looked_at_soon_and_then_again_and_again() {
        start();
        assertThat(probe.begun).as("not all at once").isEmpty();
        executor.advance(SOON);
        assertThat(probe.begun).extracting(one -> one.id().value()).containsExactly("box/m");

        probe.answer(ProbeResult.ALIVE);
        executor.advance(AT_LEAST);
        assertThat(probe.begun).hasSize(1);
        executor.advance(AT_MOST.minus(AT_LEAST));
        assertThat(probe.begun).hasSize(2);
        assertThat(recorded.probes)
                .containsExactly(new ProbeReport(new ReplicaId("box/m"), ProbeResult.ALIVE, false, false));
    }

    @Test
    void what_is_planned_anew_is_looked_at_soon_and_by_one_timer() {
        probe.plan(Duration.ofHours(1));
        start();
        executor.advance(SOON);
        probe.answer(ProbeResult.ALIVE);
        executor.turn();
        probe.plan(FakeProbe.INTERVAL);
        registry.swap(registry.catalogue());

        start();
        executor.advance(SOON);

        assertThat(probe.begun).hasSize(2);
        assertThat(executor.timers()).isZero();
    }

    @Test
    void what_was_found_by_the_plan_before_says_nothing() {
        start();
        executor.advance(SOON);
        probe.plan(FakeProbe.INTERVAL.multipliedBy(2));
        registry.swap(registry.catalogue());
        start();

        probe.answer(ProbeResult.UNREACHABLE);
        executor.turn();

        assertThat(recorded.probes).extracting(ProbeReport::result).containsExactly(ProbeResult.INCONCLUSIVE);
    }

    @Test
    void a_dead_server_is_looked_at_again_soon_and_marked_and_its_recovery_is_news() {
        probe.find(ProbeResult.UNREACHABLE);
        start();
        executor.advance(SOON);
        assertThat(unhealthy("box/m")).isFalse();
        executor.advance(SOON.plus(SOON.dividedBy(10)));
        assertThat(unhealthy("box/m")).isTrue();

        executor.advance(Duration.ofMinutes(5));
        assertThat(unhealthy("box/m")).as("as long as it is dead").isTrue();
        probe.find(ProbeResult.ALIVE);
        executor.advance(AT_MOST);
        assertThat(unhealthy("box/m")).isFalse();
        assertThat(recorded.probes.stream().filter(ProbeReport::changed))
                .extracting(ProbeReport::result, ProbeReport::unhealthy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ProbeResult.UNREACHABLE, true),
                        org.assertj.core.groups.Tuple.tuple(ProbeResult.ALIVE, false));
    }

    @Test
    void nobody_is_kept_out_by_a_prober_that_has_stopped() {
        probe.find(ProbeResult.FAULTY);
        start();
        executor.advance(AT_MOST);
        assertThat(unhealthy("box/m")).isTrue();

        prober.close();
        executor.turn();
        assertThat(executor.timers()).isZero();
        executor.advance(FakeProbe.INTERVAL.multipliedBy(3).plus(FakeProbe.TIMEOUT));
        assertThat(unhealthy("box/m")).isFalse();
    }

    @Test
    void a_probe_that_ends_after_the_close_counts_no_more() {
        start();
        executor.advance(SOON);
        prober.close();
        probe.answer(ProbeResult.ALIVE);
        executor.turn();

        assertThat(recorded.probes).isEmpty();
        assertThat(executor.timers()).isZero();
        prober.follow();
        executor.advance(AT_MOST);
        assertThat(probe.begun).as("closed for good").hasSize(1);
    }

    @Test
    void a_replica_that_delivered_within_the_interval_is_left_alone() {
        probe.find(ProbeResult.ALIVE);
        start();
        for (int i = 0; i < 20; i++) {
            past().delivered("box/m", 1);
            executor.advance(Duration.ofSeconds(5));
        }
        assertThat(probe.begun).isEmpty();

        executor.advance(AT_MOST.multipliedBy(2));
        assertThat(probe.begun).isNotEmpty();
    }

    @Test
    void a_server_at_work_that_answers_late_is_not_thought_dead() {
        probe.find(ProbeResult.TIMED_OUT);
        var permit = past().entered("box/m");
        start();
        executor.advance(Duration.ofMinutes(1));

        assertThat(unhealthy("box/m")).isFalse();
        assertThat(recorded.probes)
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.result()).isEqualTo(ProbeResult.INCONCLUSIVE));

        registry.release(permit, new dev.tierway.domain.fleet.PermitOutcome.Unused(), clock.nanos());
        executor.advance(Duration.ofMinutes(1));
        assertThat(unhealthy("box/m")).isTrue();
    }

    @Test
    void a_busy_server_that_refuses_connections_is_dead_all_the_same() {
        probe.find(ProbeResult.UNREACHABLE);
        past().entered("box/m");
        start();
        executor.advance(AT_MOST);

        assertThat(unhealthy("box/m")).isTrue();
    }

    @Test
    void only_so_many_are_looked_at_at_once() {
        Fleet many = Fleet.fleet();
        IntStream.range(0, 20).forEach(i -> many.with(replica("box" + i + "/m")));
        fleet(many);
        start();
        executor.advance(SOON);
        assertThat(probe.waiting()).isEqualTo(8);

        while (probe.waiting() > 0) {
            probe.answer(ProbeResult.ALIVE);
            executor.turn();
        }
        assertThat(probe.begun)
                .extracting(one -> one.id().value())
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void what_was_configured_away_is_forgotten_and_what_is_new_is_followed() {
        start();
        executor.advance(SOON);
        registry.swap(Fleet.of("new/m").catalogue());
        prober.follow();
        probe.answer(ProbeResult.UNREACHABLE);
        executor.advance(SOON);
        assertThat(recorded.probes).isEmpty();
        assertThat(probe.begun.getLast().id().value()).isEqualTo("new/m");

        probe.find(ProbeResult.ALIVE);
        probe.answer(ProbeResult.ALIVE);
        registry.swap(Fleet.of("newest/m", "new/m").catalogue());
        executor.advance(AT_MOST.plus(SOON));
        assertThat(probe.begun).extracting(one -> one.id().value()).contains("newest/m");

        registry.swap(Fleet.of("remote/m").catalogue());
        executor.advance(AT_MOST);
        assertThat(executor.timers()).isZero();
    }

    @Test
    void a_probe_that_fails_itself_is_our_error_and_says_nothing_of_the_server() {
        start();
        for (int i = 0; i < 3; i++) {
            executor.advance(AT_MOST);
            probe.fail(new IllegalStateException("bug"));
        }
        executor.turn();

        assertThat(recorded.internalErrors).hasSize(3);
        assertThat(unhealthy("box/m")).isFalse();
        assertThat(past().view("box/m").probe().last()).isEqualTo(ProbeResult.INCONCLUSIVE);
    }

    @Test
    void a_listener_that_throws_does_not_stop_the_prober() {
        recorded.breaks();
        probe.find(ProbeResult.ALIVE);
        start();
        executor.advance(AT_MOST.multipliedBy(3));

        assertThat(probe.begun).hasSizeGreaterThanOrEqualTo(3);
        assertThat(recorded.internalErrors).hasSameSizeAs(probe.begun);
    }

    @Test
    void a_plan_without_time_is_refused() {
        assertThatThrownBy(() -> new ProbePlan(probe, Duration.ZERO, SOON)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new ProbePlan(probe, SOON, Duration.ZERO)).hasMessageContaining("more than 0");
    }
}
