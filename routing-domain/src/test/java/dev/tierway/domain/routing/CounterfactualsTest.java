package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Dimension;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A changed scene is what the change says, and nothing else is different. */
class CounterfactualsTest {
    private static final Policies POLICY = policy();
    private static final RequestFeatures FEATURES =
            Requests.tier(Fleet.of("p/m").catalogue()).choices(2).maxOutput(100).build();

    private static Views view(String id) {
        return Views.view(Replicas.replica(id).price("1", "1"), NOW);
    }

    private static Scene scene(ReplicaView... pool) {
        return scene(RoutingProgress.START, pool);
    }

    private static Scene scene(RoutingProgress progress, ReplicaView... pool) {
        return new Scene(Situations.with(FEATURES, POLICY, progress, 1), List.of(pool), 0);
    }

    @Test
    void one_that_should_succeed_so_often_does() {
        ReplicaView failing = view("a/m").results(50, 30).build();
        ReplicaView sibling = view("b/m").results(80, 5).build();

        for (double share : new double[] {0.7, 0.8, 0.9, 0.95}) {
            Scene changed = Succeeding.with(share, scene(failing, sibling));
            assertThat(changed.score().success()).as("%s", share).isCloseTo(share, within(1e-9));
            assertThat(changed.view().successesAt(NOW)).as("by fewer failures").isEqualTo(50);
        }
    }

    @Test
    void where_no_failures_are_left_to_take_away_there_are_more_successes() {
        ReplicaView newcomer = view("a/m").results(2, 1).build();
        ReplicaView sibling = view("b/m").results(80, 5).build();

        for (double share : new double[] {0.96, 0.99, 0.998}) {
            Scene changed = Succeeding.with(share, scene(newcomer, sibling));
            assertThat(changed.score().success()).as("%s", share).isCloseTo(share, within(1e-9));
            assertThat(changed.view().failuresAt(NOW)).isZero();
        }
    }

    @Test
    void one_whose_provider_failed_in_this_call_can_succeed_a_fifth_as_often() {
        RoutingProgress shaken = new RoutingProgress(
                1, List.of(), List.of(), null, null, List.of(new ProviderId("a")), 0, null, false, false, true, null);
        Scene scene = scene(
                shaken,
                view("a/m").results(50, 30).build(),
                view("b/m").results(80, 5).build());

        assertThat(Succeeding.most(scene)).isCloseTo(0.1998, within(1e-12));
        assertThat(Succeeding.with(0.16, scene).score().success()).isCloseTo(0.16, within(1e-9));
        assertThat(Succeeding.most(scene(view("a/m").build()))).isEqualTo(0.999);
    }

    @Test
    void success_asked_for_that_is_there_already_takes_no_failure_back() {
        ReplicaView good = view("a/m").results(90, 2).build();
        Scene changed = Succeeding.with(0.5, scene(good, view("b/m").build()));

        assertThat(changed.view().failuresAt(NOW)).isEqualTo(2);
    }

    private static double expectedUsd(ReplicaView view) {
        return Expectations.price(view, FEATURES);
    }

    @Test
    void another_price_keeps_the_proportions_of_its_parts() {
        ReplicaView view = Views.view(
                        Replicas.replica("a/m").price(new Price(4_000_000, 20_000_000, 400_000L, 5_000_000L)), NOW)
                .build();
        // 1,000 tokens at 4 dollars and twice 100 at 20 are 8 millionths of a thousand.
        assertThat(expectedUsd(view)).isCloseTo(0.008, within(1e-12));

        Price half = Objects.requireNonNull(
                Repriced.to(4_000_000, view, FEATURES).replica().price());

        assertThat(half).isEqualTo(new Price(2_000_000, 10_000_000, 200_000L, 2_500_000L));
    }

    @Test
    void a_price_without_parts_for_the_cache_gets_none() {
        ReplicaView view = view("a/m").build();

        assertThat(Repriced.to(600_000, view, FEATURES).replica().price())
                .isEqualTo(new Price(500_000, 500_000, null, null));
    }

    @Test
    void an_unknown_price_becomes_one_for_every_token() {
        ReplicaView view = Views.view(Replicas.replica("a/m").unpriced(), NOW).build();
        ReplicaView priced = Repriced.to(2_400_000, view, FEATURES);

        // 1,000 in and twice 100 out.
        assertThat(priced.replica().price()).isEqualTo(new Price(2_000_000, 2_000_000, null, null));
        assertThat(expectedUsd(priced)).isCloseTo(0.0024, within(1e-12));
    }

    @Test
    void what_costs_nothing_has_no_proportions_to_keep() {
        ReplicaView free =
                Views.view(Replicas.replica("a/m").price("0", "0"), NOW).build();

        assertThat(Repriced.to(1_200_000, free, FEATURES).replica().price())
                .isEqualTo(new Price(1_000_000, 1_000_000, null, null));
    }

    @Test
    void another_price_or_priority_leaves_the_rest_of_a_replica_alone() {
        Replica old =
                Replicas.replica("a/m").price("1", "1").weight(3).priority(4).build();
        Replica changed = Repriced.replica(old, Price.FREE, 7, 8);

        assertThat(changed)
                .usingRecursiveComparison()
                .ignoringFields("price", "weight", "priority")
                .isEqualTo(old);
        assertThat(changed.price()).isEqualTo(Price.FREE);
        assertThat(changed.weight()).isEqualTo(7);
        assertThat(changed.priority()).isEqualTo(8);
    }

    private static Circuit.Phase circuit(ReplicaView view) {
        return view.circuit(NOW);
    }

    @Test
    void a_credential_closed_is_closed_for_all_its_replicas_and_nobody_else() {
        Scene changed = Changed.by(
                new Change.CircuitClosed(Failure.Scope.PROVIDER, 5L),
                scene(
                        view("a/m").credentialOpened().build(),
                        view("a/n").credentialOpened().build(),
                        view("b/m").credentialOpened().build()));

        assertThat(changed.pool())
                .extracting(CounterfactualsTest::circuit)
                .containsExactly(Circuit.Phase.CLOSED, Circuit.Phase.CLOSED, Circuit.Phase.OPEN);
    }

    @Test
    void a_circuit_closed_is_its_own() {
        Scene changed = Changed.by(
                new Change.CircuitClosed(Failure.Scope.REPLICA, 5L),
                scene(
                        view("a/m").opened(FailureClass.TIMEOUT).build(),
                        view("a/n").opened(FailureClass.TIMEOUT).build()));

        assertThat(changed.pool())
                .extracting(CounterfactualsTest::circuit)
                .containsExactly(Circuit.Phase.CLOSED, Circuit.Phase.OPEN);
    }

    @Test
    void a_ramp_is_over_for_its_own_circuit_and_its_credential_and_opens_neither() {
        assertThat(overAndAbove(view("a/m").ramping(NOW - 1))).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(overAndAbove(view("a/m").credentialRamping(NOW - 1))).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(overAndAbove(view("a/m").ramping(NOW - 1).credentialRamping(NOW - 1)))
                .isEqualTo(Circuit.Phase.CLOSED);
        assertThat(overAndAbove(view("a/m").opened(FailureClass.TIMEOUT).credentialRamping(NOW - 1)))
                .as("an open one isn't a ramp")
                .isEqualTo(Circuit.Phase.OPEN);
        assertThat(overAndAbove(view("a/m").ramping(NOW - 1).credentialOpened()))
                .isEqualTo(Circuit.Phase.OPEN);
    }

    private static Circuit.Phase overAndAbove(Views view) {
        return circuit(Changed.by(new Change.RampOver(1), scene(view.build())).view());
    }

    @Test
    void a_rest_that_is_over_is_over_for_whom_it_was() {
        Scene own = Changed.by(
                new Change.CooldownOver(Failure.Scope.REPLICA, 9),
                scene(
                        view("a/m").resting(NOW + 9).build(),
                        view("a/n").resting(NOW + 9).build()));
        Scene shared = Changed.by(
                new Change.CooldownOver(Failure.Scope.PROVIDER, 9),
                scene(
                        view("a/m").providerResting(NOW + 9).build(),
                        view("a/n").providerResting(NOW + 9).build(),
                        view("b/m").providerResting(NOW + 9).build()));

        assertThat(own.pool())
                .extracting(one -> one.state().cooldown().active(NOW))
                .containsExactly(false, true);
        assertThat(shared.pool())
                .extracting(one -> one.provider().cooldown().active(NOW))
                .containsExactly(false, false, true);
    }

    @Test
    void a_refilled_domain_is_refilled_for_all_in_it_and_for_nobody_else() {
        ReplicaView.Exhausted ofOthers = new ReplicaView.Exhausted("domain:other", Dimension.REQUESTS, NOW + 9);
        ReplicaView plain = view("c/m").build();
        ReplicaView other = new ReplicaView(
                plain.replica(),
                plain.dialect(),
                plain.model(),
                plain.state(),
                plain.modelState(),
                plain.provider(),
                plain.probe(),
                null,
                ofOthers,
                0,
                plain.standing());
        Scene changed = Changed.by(
                new Change.QuotaRefilled("domain:d requests", 9L),
                scene(
                        view("a/m").exhausted(NOW + 9).build(),
                        view("b/m").exhausted(NOW + 9).build(),
                        plain,
                        other));

        assertThat(changed.pool()).extracting(ReplicaView::exhausted).containsExactly(null, null, null, ofOthers);
    }

    @Test
    void a_mark_withdrawn_is_withdrawn_where_that_mark_was_set() {
        ReplicaView marked = view("a/m").marked("ann").build();
        ReplicaView sameMark = new ReplicaView(
                view("b/m").build().replica(),
                marked.dialect(),
                marked.model(),
                marked.state(),
                marked.modelState(),
                marked.provider(),
                marked.probe(),
                null,
                null,
                0,
                marked.standing());
        Scene changed = Changed.by(
                new Change.MarkWithdrawn("ann"),
                scene(
                        marked,
                        sameMark,
                        view("c/m").marked("bob").build(),
                        view("d/m").build()));

        assertThat(changed.pool())
                .extracting(one -> one.standing().markedUnhealthy() == null)
                .containsExactly(true, true, false, true);
    }

    @Test
    void a_use_case_served_by_its_model_is_served_by_all_replicas_of_it() {
        Scene changed = Changed.by(
                new Change.UseCaseServed(dev.tierway.domain.catalogue.UseCase.CODE),
                scene(view("a/m").build(), view("b/m").build(), view("c/n").build()));

        assertThat(changed.pool())
                .extracting(one -> one.model().useCases().contains(dev.tierway.domain.catalogue.UseCase.CODE))
                .containsExactly(true, true, false);
    }
}
