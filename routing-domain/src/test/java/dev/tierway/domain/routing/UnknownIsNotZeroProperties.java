package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.scores;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.fixture.Demand;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What isn't known is never taken for zero: neither as the best nor as the worst there could be. */
class UnknownIsNotZeroProperties {
    private static Views view(Replicas replica) {
        return Views.view(replica, NOW);
    }

    private static Replicas replica(String id) {
        return Replicas.replica(id);
    }

    @Property
    void an_unknown_price_never_beats_a_known_one(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 100) Integer> dollars) {
        List<ReplicaView> pool = new ArrayList<>();
        pool.add(view(replica("unknown/m").unpriced()).build());
        for (int price : dollars) {
            pool.add(view(replica("p" + pool.size() + "/m").price("" + price, "" + price))
                    .build());
        }

        List<Score> scores = scores(pool, policy());

        assertThat(scores.getFirst().priceKnown()).isFalse();
        for (Score known : scores.subList(1, scores.size())) {
            assertThat(scores.getFirst().index()).isLessThanOrEqualTo(known.index());
        }
    }

    @Example
    void with_no_price_known_at_all_price_decides_nothing_and_says_so() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m").unpriced()).build(),
                        view(replica("b/m").unpriced()).build()),
                policy());

        assertThat(scores).allMatch(score -> score.price() == 0 && !score.priceKnown());
    }

    @Example
    void a_price_cap_admits_no_unknown_price() {
        var features = Requests.tier(Fleet.of("p/m").catalogue())
                .under(Demand.demand().maxCostUsd(1000).build())
                .build();

        Choice choice = Situations.select(
                features, List.of(view(replica("p/m").unpriced()).build()), policy(), RoutingProgress.START, 1);

        assertThat(choice.verdicts().getFirst().rejections()).containsExactly(new Rejection.PriceCap(1000, null));
    }

    @Property
    void unknown_headroom_is_neither_empty_nor_pressure(@ForAll @DoubleRange(min = 0, max = 1) double known) {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/m")).headroom(known).build()),
                policy());

        assertThat(scores.getFirst().quotaPressure()).isZero();
        assertThat(scores.getFirst().index())
                .isGreaterThanOrEqualTo(scores.get(1).index());
    }

    @Property
    void an_unmeasured_replica_is_taken_for_as_slow_as_its_siblings(
            @ForAll @DoubleRange(min = 0.01, max = 50) double ratio) {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/m")).latency(ratio, ratio).build()),
                policy());

        assertThat(scores.getFirst().latencyMeasured()).isFalse();
        assertThat(scores.getFirst().latency()).isEqualTo(scores.get(1).latency());
    }

    @Example
    void a_fleet_nobody_measured_is_taken_for_a_second_and_twenty_milliseconds_per_token() {
        Score score = Situations.score(view(replica("p/m")).build(), policy());

        assertThat(score.ttftNanos()).isEqualTo(1e9);
        assertThat(score.tokenNanos()).isEqualTo(20e6);
    }

    @Property
    void an_unknown_limit_is_never_full_and_never_makes_slower(@ForAll @IntRange(min = 0, max = 5000) int inFlight) {
        ReplicaView busy = view(replica("p/m")).inFlight(inFlight).build();

        assertThat(Situations.select(List.of(busy), policy(), 1)).isInstanceOf(Choice.Chosen.class);
        assertThat(Situations.score(busy, policy()).latency())
                .isEqualTo(
                        Situations.score(view(replica("p/m")).build(), policy()).latency());
    }

    @Property
    void an_unknown_window_is_never_too_small(@ForAll @IntRange(min = 0, max = 10_000_000) int input) {
        var features = Requests.tier(Fleet.of("p/m").catalogue()).input(input).build();

        Choice choice =
                Situations.select(features, List.of(view(replica("p/m")).build()), policy(), RoutingProgress.START, 1);

        assertThat(choice).isInstanceOf(Choice.Chosen.class);
    }

    @Example
    void a_known_window_is_compared_with_what_is_certainly_needed() {
        var catalogue = Fleet.fleet()
                .with(Models.model("m").window(1000))
                .with(replica("p/m"))
                .catalogue();
        Past past = new Past(new dev.tierway.domain.fleet.ReplicaRegistry(catalogue), new ManualClock());
        ReplicaView view = past.view("p/m");
        Requests request = Requests.tier(catalogue).input(1248);

        assertThat(Situations.select(request.build(), List.of(view), policy(), RoutingProgress.START, 1))
                .as("1,248 tokens less a fifth, and one of output")
                .isInstanceOf(Choice.Chosen.class);
        assertThat(Situations.select(request.maxOutput(2).build(), List.of(view), policy(), RoutingProgress.START, 1)
                        .verdicts()
                        .getFirst()
                        .rejections())
                .containsExactly(new Rejection.ContextTooLong(1001, 1000));
    }

    @Example
    void a_fast_failure_never_makes_a_replica_look_fast() {
        var registry = Fleet.of("p/m").registry();
        ManualClock clock = new ManualClock();
        Past past = new Past(registry, clock).delivered("p/m", 5);
        var before = past.view("p/m").state().latency();

        past.failed(
                "p/m",
                dev.tierway.domain.fixture.Failures.failure(dev.tierway.domain.failure.FailureClass.UPSTREAM_FAULT),
                4,
                java.time.Duration.ofMillis(1));

        assertThat(past.view("p/m").state().latency()).isEqualTo(before);
    }
}
