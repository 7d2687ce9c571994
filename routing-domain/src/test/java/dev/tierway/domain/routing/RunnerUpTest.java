package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What decided between the chosen and the next. */
class RunnerUpTest {
    private static Views view(String id) {
        return Views.view(Replicas.replica(id).price("1", "1"), NOW);
    }

    private static Views priced(String id, String price) {
        return Views.view(Replicas.replica(id).price(price, price), NOW);
    }

    static Stream<Arguments> terms() {
        return Stream.of(
                row(policy(), view("a/m"), priced("b/m", "9"), DecidedBy.PRICE),
                row(policy(), view("a/m").latency(1, 1), view("b/m").latency(9, 9), DecidedBy.LATENCY),
                row(policy(), view("a/m").results(90, 0), view("b/m").results(50, 40), DecidedBy.FAILURE),
                row(policy(), priced("a/m", "5"), priced("b/m", "5").headroom(0.01), DecidedBy.QUOTA_PRESSURE),
                row(policy(), Views.view(Replicas.replica("a/m").local(), NOW), view("b/m"), DecidedBy.LOCAL_BONUS),
                row(
                        policy(),
                        Views.view(Replicas.replica("a/n").price("1", "1"), NOW)
                                .of(Models.model("n").quality(UseCase.CHAT, 1)),
                        view("b/m"),
                        DecidedBy.QUALITY),
                row(
                        policy(),
                        Views.view(Replicas.replica("a/m").price("1", "1").limit(100), NOW),
                        Views.view(Replicas.replica("b/m").price("1", "1").limit(100), NOW)
                                .inFlight(1),
                        DecidedBy.LOAD),
                row(
                        policy().strategy(Strategy.PRIORITY),
                        Views.view(Replicas.replica("a/m").priority(1), NOW),
                        Views.view(Replicas.replica("b/m").priority(2), NOW),
                        DecidedBy.PRIORITY),
                row(policy().strategy(Strategy.SINGLE), view("a/m"), view("b/m"), DecidedBy.DECLARED_ORDER),
                row(
                        policy().strategy(Strategy.ROUND_ROBIN),
                        view("a/m").lastUsed(NOW - 9),
                        view("b/m").lastUsed(NOW - 1),
                        DecidedBy.LAST_USED),
                row(
                        policy().strategy(Strategy.LEAST_REQUESTS),
                        view("a/m"),
                        view("b/m").inFlight(1),
                        DecidedBy.LOAD),
                row(
                        policy().strategy(Strategy.LATENCY),
                        view("a/m").latency(1, 1),
                        view("b/m").latency(2, 2),
                        DecidedBy.LATENCY),
                row(policy().strategy(Strategy.COST), view("a/m"), priced("b/m", "9"), DecidedBy.PRICE));
    }

    private static Arguments row(Policies policy, Views better, Views worse, DecidedBy expected) {
        return Arguments.of(policy, better.build(), worse.build(), expected);
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("terms")
    void the_largest_difference_in_favour_of_the_chosen_decides(
            Policies policy, ReplicaView better, ReplicaView worse, DecidedBy expected) {
        List<ReplicaView> pool = List.of(better, worse);

        RunnerUp next = runnerUp(pool, policy, RoutingProgress.START);

        assertThat(next).isEqualTo(new RunnerUp(worse, expected));
    }

    private static RunnerUp runnerUp(List<ReplicaView> pool, Policies policy, RoutingProgress progress) {
        Choice choice = Situations.select(Situations.request(), pool, policy, progress, 1);
        return RunnerUp.of((Choice.Chosen) choice, Situations.with(Situations.request(), policy, progress, 1));
    }

    @Test
    void of_equals_chance_decides() {
        List<ReplicaView> pool = List.of(view("a/m").build(), view("b/m").build());

        RunnerUp next = runnerUp(pool, policy(), RoutingProgress.START);

        assertThat(next).isNotNull();
        assertThat(next.decidedBy()).isEqualTo(DecidedBy.CHANCE);
    }

    @Test
    void who_is_alone_has_no_runner_up() {
        assertThat(runnerUp(List.of(view("a/m").build()), policy(), RoutingProgress.START))
                .isNull();
    }

    @Test
    void a_probe_was_no_comparison() {
        ReplicaView due = priced("a/m", "90").halfOpen().build();
        ReplicaView best = view("b/m").build();

        assertThat(runnerUp(List.of(due, best), policy(), RoutingProgress.START))
                .isEqualTo(new RunnerUp(best, null));
    }

    @Test
    void a_strategy_of_ones_own_keeps_its_reasons() {
        List<ReplicaView> pool = List.of(view("a/m").build(), view("b/m").build());
        RankingStrategy last = new RankingStrategy() {
            @Override
            public Strategy id() {
                return new Strategy("last");
            }

            @Override
            public Pick pick(List<Candidate> eligible, Situation situation) {
                return Pick.of(eligible.getLast(), 1);
            }
        };

        assertThat(runnerUp(pool, policy().strategy(last), RoutingProgress.START))
                .isEqualTo(new RunnerUp(pool.getFirst(), null));
    }
}
