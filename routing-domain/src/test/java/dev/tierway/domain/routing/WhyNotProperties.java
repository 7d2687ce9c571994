package dev.tierway.domain.routing;

import static dev.tierway.domain.routing.Situations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Demand;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** What is said to put a candidate first does, and none of it can be spared. */
class WhyNotProperties {
    private static ReplicaView view(Random random, int i) {
        Replicas replica = Replicas.replica("p" + random.nextInt(5) + "/m" + random.nextInt(3))
                .named("r" + i)
                .priority(random.nextInt(4))
                .phase(random.nextInt(8) == 0 ? Phase.DRAINING : random.nextInt(6) == 0 ? Phase.STANDBY : Phase.ACTIVE)
                .weight(random.nextInt(6));
        replica = random.nextInt(5) == 0
                ? replica.unpriced()
                : replica.price("" + random.nextInt(30), "" + random.nextInt(60));
        replica = random.nextInt(4) == 0 ? replica.local() : replica;
        replica = random.nextInt(3) == 0 ? replica.limit(1 + random.nextInt(4)) : replica;
        Views view = Views.view(replica, NOW)
                .of(Models.model(replica.build().model().value()).window(random.nextInt(4) == 0 ? 700 : 10_000))
                .inFlight(random.nextInt(4))
                .lastUsed(NOW - random.nextInt(3))
                .results(random.nextInt(3) * 50, random.nextInt(12));
        view = random.nextInt(3) == 0 ? view : view.latency(random.nextDouble() * 5, random.nextDouble() * 5);
        view = random.nextInt(6) == 0 ? view.halfOpen() : view;
        view = random.nextInt(6) == 0 ? view.opened(FailureClass.TIMEOUT) : view;
        view = random.nextInt(6) == 0 ? view.resting(NOW + random.nextInt(1000)) : view;
        view = random.nextInt(8) == 0 ? view.ramping(NOW - random.nextInt(1000)) : view;
        return (random.nextInt(4) == 0 ? view.headroom(random.nextDouble()) : view).build();
    }

    private static Requests request(Random random) {
        Requests request = Requests.tier(Fleet.of("p/m").catalogue()).stream();
        return switch (random.nextInt(4)) {
            case 0 ->
                request.under(
                        Demand.demand().maxCostUsd(random.nextDouble() / 50).build());
            case 1 ->
                request.under(Demand.demand().exclude("p1").only("m0", "m1").build());
            default -> request;
        };
    }

    @Property(tries = 1500)
    void the_changes_put_it_first_and_none_can_be_spared(@ForAll long seed) {
        Random random = new Random(seed);
        List<ReplicaView> pool = new ArrayList<>();
        int size = 2 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            pool.add(view(random, i));
        }
        BuiltInStrategy[] strategies = BuiltInStrategy.values();
        Policies policy = Policies.policy()
                .strategy(random.nextBoolean() ? BuiltInStrategy.ADAPTIVE : strategies[random.nextInt(8)]);
        RequestFeatures features = request(random).build();
        Situation situation = Situations.with(features, policy, RoutingProgress.START, seed);
        Choice choice = Situations.select(features, pool, policy, RoutingProgress.START, seed);
        int at = random.nextInt(size);
        Scene scene = new Scene(situation, pool, at);

        WhyNot answer = Objects.requireNonNull(WhyNot.of(pool.get(at).replica().id(), choice, situation));

        Statistics.label("answer").collect(kind(answer)).coverage(kinds -> {
            kinds.check("changes").percentage(share -> share > 30);
            kinds.check("first").percentage(share -> share > 5);
        });
        assertThat(answer.first() || answer.chosen()).isEqualTo(answer.chosen() || scene.leads());
        List<List<Change>> sets = new ArrayList<>(answer.alternatives());
        if (!answer.changes().isEmpty()) {
            sets.add(answer.changes());
        }
        for (List<Change> set : sets) {
            assertThat(set).hasSameSizeAs(answer.changes());
            assertThat(Changed.by(set, scene).leads()).as("with %s", set).isTrue();
            for (int spared = 0; spared < set.size(); spared++) {
                List<Change> fewer = new ArrayList<>(set);
                fewer.remove(spared);
                assertThat(Changed.by(fewer, scene).leads())
                        .as("%s without %s", set, set.get(spared))
                        .isFalse();
            }
        }
    }

    private static String kind(WhyNot answer) {
        return answer.first() ? "first" : answer.changes().isEmpty() ? "hopeless" : "changes";
    }
}
