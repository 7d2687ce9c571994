package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.chosen;
import static dev.tierway.domain.routing.Situations.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws of one decision. */
class SelectionProperties {
    private static List<ReplicaView> fleet(Random random) {
        List<ReplicaView> pool = new ArrayList<>();
        int size = 1 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            Replicas replica = Replicas.replica("p" + random.nextInt(5) + "/m" + random.nextInt(3))
                    .named("r" + i)
                    .weight(random.nextInt(5));
            replica = random.nextInt(5) == 0
                    ? replica.unpriced()
                    : replica.price("" + random.nextInt(3), "" + random.nextInt(3));
            replica = random.nextInt(4) == 0 ? replica.local() : replica;
            replica = random.nextInt(3) == 0 ? replica.limit(1 + random.nextInt(4)) : replica;
            Views view = Views.view(replica, NOW)
                    .inFlight(random.nextInt(4))
                    .lastUsed(NOW - random.nextInt(3))
                    .results(random.nextInt(3) * 50, random.nextInt(3));
            view = random.nextInt(3) == 0 ? view : view.latency(1 + random.nextInt(2), 1);
            view = random.nextInt(6) == 0 ? view.halfOpen() : view;
            view = random.nextInt(4) == 0 ? view.headroom(random.nextInt(3) / 2.0) : view;
            pool.add(view.build());
        }
        return pool;
    }

    /** Those whose meaning is the order of the list are left out. */
    private static Policies policy(Random random) {
        Strategy[] orderless = {
            Strategy.ADAPTIVE,
            Strategy.ADAPTIVE,
            Strategy.ROUND_ROBIN,
            Strategy.WEIGHTED,
            Strategy.LEAST_REQUESTS,
            Strategy.LATENCY,
            Strategy.COST
        };
        return Policies.policy()
                .strategy(orderless[random.nextInt(orderless.length)])
                .exploration(random.nextInt(3) * 0.2);
    }

    @Property(tries = 3000)
    void the_order_in_which_candidates_come_never_decides(@ForAll long seed) {
        Random random = new Random(seed);
        List<ReplicaView> pool = fleet(random);
        Policies policy = policy(random);
        List<ReplicaView> shuffled = new ArrayList<>(pool);
        Collections.shuffle(shuffled, random);

        assertThat(chosen(select(shuffled, policy, seed))).isEqualTo(chosen(select(pool, policy, seed)));
    }

    @Property(tries = 1000)
    void the_same_inputs_and_seed_give_the_same_decision(@ForAll long seed) {
        Random random = new Random(seed);
        List<ReplicaView> pool = fleet(random);
        Policies policy = policy(random);

        assertThat(select(pool, policy, seed)).isEqualTo(select(List.copyOf(pool), policy, seed));
    }

    @Property(tries = 1000)
    void every_candidate_gets_a_verdict_and_the_chosen_one_is_eligible(@ForAll long seed) {
        Random random = new Random(seed);
        List<ReplicaView> pool = fleet(random);

        Choice choice = select(pool, policy(random), seed);

        assertThat(choice.verdicts().stream().map(Choice.Verdict::replica)).containsExactlyInAnyOrderElementsOf(pool);
        if (choice instanceof Choice.Chosen one) {
            assertThat(one.propensity()).isGreaterThan(0).isLessThanOrEqualTo(1 + 1e-9);
            assertThat(choice.verdicts().stream()
                            .filter(verdict -> verdict.replica().equals(one.replica()))
                            .findFirst()
                            .orElseThrow()
                            .eligible())
                    .isTrue();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_nearly_dead_local_replica_does_not_beat_a_healthy_one(
            @ForAll ModelTier tier,
            @ForAll @DoubleRange(min = 0, max = 0.3) double remoteDollars,
            @ForAll @IntRange(min = 400, max = 5000) int failures,
            @ForAll @DoubleRange(min = 0.01, max = 1) double localLatency,
            @ForAll long seed) {
        String perMillion = String.valueOf(remoteDollars * 1e6 / (1000 + 256));
        List<ReplicaView> pool = List.of(
                Views.view(Replicas.replica("box/m").local(), NOW)
                        .of(Models.model("m").tier(tier))
                        .results(0, failures)
                        .latency(localLatency, localLatency)
                        .failSeconds(0.001)
                        .build(),
                Views.view(Replicas.replica("cloud/m").price(perMillion, perMillion), NOW)
                        .of(Models.model("m").tier(tier))
                        .results(200, 0)
                        .latency(1, 1)
                        .build());

        assertThat(chosen(select(pool, Policies.policy(), seed))).isEqualTo("cloud/m");
    }

    @Example
    void a_healthy_local_replica_beats_a_remote_one_by_its_bonus() {
        List<ReplicaView> pool = List.of(
                Views.view(Replicas.replica("cloud/m").price("0.1", "0.1"), NOW).build(),
                Views.view(Replicas.replica("box/m").local(), NOW).build());

        for (int seed = 0; seed < 200; seed++) {
            assertThat(chosen(select(pool, Policies.policy(), seed))).isEqualTo("box/m");
        }
    }

    @Example
    void quality_for_the_use_case_counts_when_models_are_compared() {
        Models better = Models.model("good").quality(UseCase.CHAT, 0.05);
        List<ReplicaView> pool = List.of(
                Views.view(Replicas.replica("a/cheap").price("1", "1"), NOW).build(),
                Views.view(Replicas.replica("b/good").price("20", "20"), NOW)
                        .of(better)
                        .build());

        assertThat(chosen(select(pool, Policies.policy(), 1))).isEqualTo("b/good");
        assertThat(chosen(select(
                        List.of(
                                pool.getFirst(),
                                Views.view(Replicas.replica("b/good").price("20", "20"), NOW)
                                        .build()),
                        Policies.policy(),
                        1)))
                .isEqualTo("a/cheap");
    }

    @Example
    void the_reason_of_a_choice_is_told() {
        ReplicaView one =
                Views.view(Replicas.replica("a/m").price("1", "1"), NOW).build();
        ReplicaView dear =
                Views.view(Replicas.replica("b/m").price("90", "90"), NOW).build();
        RoutingProgress last =
                new RoutingProgress(3, List.of(), List.of(), null, null, List.of(), 0, null, false, true, false, null);

        assertThat(because(select(List.of(one), Policies.policy(), 1))).isEqualTo(Choice.Because.ONLY_ELIGIBLE);
        assertThat(because(select(List.of(one, dear), Policies.policy(), 1))).isEqualTo(Choice.Because.BEST_INDEX);
        assertThat(because(select(Situations.request(), List.of(one, dear), Policies.policy(), last, 1)))
                .isEqualTo(Choice.Because.LAST_ATTEMPT);
        assertThat(because(select(
                        List.of(Views.view(Replicas.replica("a/m"), NOW)
                                .halfOpen()
                                .build()),
                        Policies.policy(),
                        1)))
                .isEqualTo(Choice.Because.HALF_OPEN_PROBE);
        assertThat(because(select(
                        List.of(
                                Views.view(Replicas.replica("a/m"), NOW)
                                        .inFlight(2)
                                        .build(),
                                Views.view(Replicas.replica("b/m").price("1.02", "2.02"), NOW)
                                        .inFlight(1)
                                        .build()),
                        Policies.policy(),
                        1)))
                .isEqualTo(Choice.Because.LESS_LOADED_IN_BAND);
    }

    private static Choice.Because because(Choice choice) {
        return ((Choice.Chosen) choice).because();
    }

    @Example
    void the_model_in_hand_is_finished_first_whatever_the_others_are_worth() {
        RoutingProgress inHand = new RoutingProgress(
                1,
                List.of(),
                List.of(),
                new dev.tierway.domain.catalogue.ModelId("dear"),
                null,
                List.of(),
                0,
                null,
                false,
                false,
                false,
                null);
        List<ReplicaView> pool = List.of(
                Views.view(Replicas.replica("a/cheap").price("0", "0"), NOW).build(),
                Views.view(Replicas.replica("b/dear").price("90", "90"), NOW).build());

        assertThat(chosen(select(Situations.request(), pool, Policies.policy(), inHand, 1)))
                .isEqualTo("b/dear");
        assertThat(chosen(select(Situations.request(), List.of(pool.getFirst()), Policies.policy(), inHand, 1)))
                .isEqualTo("a/cheap");
    }

    @Example
    void verdicts_come_in_declared_order() {
        List<ReplicaView> pool = List.of(
                Views.view(Replicas.replica("a/m").weight(0), NOW).build(),
                Views.view(Replicas.replica("b/m").price("9", "9"), NOW).build(),
                Views.view(Replicas.replica("c/m").price("1", "1"), NOW).build());

        Choice choice = select(pool, Policies.policy(), 1);

        assertThat(choice.verdicts().stream()
                        .map(one -> one.replica().replica().id().value()))
                .containsExactly("a/m", "b/m", "c/m");
    }
}
