package dev.tierway.domain.routing;

import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.RetryBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pure decisions are made in: a request for a stream of 1,000 input tokens at a fixed time. */
final class Situations {
    static final long NOW = ManualClock.START;

    private Situations() {}

    static Situation first(RequestFeatures features, Policies policy) {
        return with(features, policy, RoutingProgress.START, 1);
    }

    static Situation with(RequestFeatures features, Policies policy, RoutingProgress progress, long seed) {
        return new Situation(features, policy.build(), progress, RetryBudget.EMPTY, NOW, seed);
    }

    /** A request whose candidates don't matter, because the views are given by hand. */
    static RequestFeatures request() {
        return Requests.tier(Fleet.of("p/m").catalogue()).stream().build();
    }

    static Score score(ReplicaView view, Policies policy) {
        return scores(List.of(view), policy).getFirst();
    }

    static List<Score> scores(List<ReplicaView> pool, Policies policy) {
        return scores(pool, first(request(), policy));
    }

    static List<Score> scores(List<ReplicaView> pool, Situation situation) {
        ScoringContext context = new ScoringContext(pool, situation.features(), NOW);
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < pool.size(); i++) {
            scores.add(ReplicaScorer.score(pool.get(i), i, context, situation));
        }
        return scores;
    }

    static Choice select(List<ReplicaView> candidates, Policies policy, long seed) {
        return select(request(), candidates, policy, RoutingProgress.START, seed);
    }

    static Choice select(
            RequestFeatures features,
            List<ReplicaView> candidates,
            Policies policy,
            RoutingProgress progress,
            long seed) {
        return TierAwareModelSelector.select(
                features,
                new FleetSnapshot(1, candidates, List.of(), RetryBudget.EMPTY),
                policy.build(),
                progress,
                NOW,
                seed);
    }

    static @Nullable String chosen(Choice choice) {
        return choice instanceof Choice.Chosen chosen
                ? chosen.replica().replica().id().value()
                : null;
    }

    static Replicas replica(int i) {
        return Replicas.replica("p" + i + "/m");
    }
}
