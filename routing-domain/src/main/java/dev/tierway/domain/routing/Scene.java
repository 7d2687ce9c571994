package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was, or as it would be after some changes, seen from one of its candidates.
 *
 * @param at which of the pool
 */
record Scene(Situation situation, List<ReplicaView> pool, int at) {
    ReplicaView view() {
        return pool.get(at);
    }

    Scene with(Situation other) {
        return new Scene(other, pool, at);
    }

    Scene with(ReplicaView other) {
        return with((ReplicaView view) -> view == view(), view -> other);
    }

    /** The same change for all it concerns: what is shared doesn't change for one alone. */
    Scene with(Predicate<ReplicaView> whom, UnaryOperator<ReplicaView> change) {
        List<ReplicaView> views = new ArrayList<>(pool.size());
        for (ReplicaView view : pool) {
            views.add(whom.test(view) ? change.apply(view) : view);
        }
        return new Scene(situation, views, at);
    }

    Scene with(RequestFeatures features) {
        return with(new Situation(
                features,
                situation.policy(),
                situation.progress(),
                situation.gatewayRetries(),
                situation.nowNanos(),
                situation.seed()));
    }

    Scene with(RoutingPolicy policy) {
        return with(new Situation(
                situation.features(),
                policy,
                situation.progress(),
                situation.gatewayRetries(),
                situation.nowNanos(),
                situation.seed()));
    }

    Scene first() {
        List<ReplicaView> views = new ArrayList<>(pool);
        views.addFirst(views.remove(at));
        return new Scene(situation, views, 0);
    }

    Judgement judged() {
        return Judgement.of(pool, situation);
    }

    /** Whether the candidate is first: probes, exploration, and what load and chance make of the band aside. */
    boolean leads() {
        Judgement judgement = judged();
        List<Candidate> eligible = judgement.score(situation);
        if (eligible.isEmpty()) {
            return new NobodyEligible(judgement, situation).resolve() instanceof Choice.Chosen chosen
                    && chosen.replica() == view();
        }
        return judgement.eligible(at) && leader(eligible).declared() == at;
    }

    /** The candidate itself with its score; null if it is refused. */
    @Nullable
    Candidate own(List<Candidate> eligible) {
        for (Candidate candidate : eligible) {
            if (candidate.declared() == at) {
                return candidate;
            }
        }
        return null;
    }

    Candidate leader(List<Candidate> eligible) {
        RankingStrategy strategy = situation.policy().strategy();
        if (strategy == BuiltInStrategy.ADAPTIVE) {
            return ReplicaPicker.best(ModelChoice.ofOneModel(eligible, situation), situation.seed());
        }
        return strategy == BuiltInStrategy.WEIGHTED
                ? heaviest(eligible)
                : strategy.pick(eligible, situation).candidate();
    }

    /** Who is drawn is chance: the first is who nobody outweighs. */
    private Candidate heaviest(List<Candidate> eligible) {
        Ask ask = situation.features().ask();
        Candidate heaviest = null;
        for (Candidate candidate : eligible) {
            double more = heaviest == null
                    ? 1
                    : ask.weight(candidate.view().replica())
                            - ask.weight(heaviest.view().replica());
            if (more > 0 || (more == 0 && candidate.declared() == at)) {
                heaviest = candidate;
            }
        }
        return Objects.requireNonNull(heaviest);
    }

    /** Its score if nothing refused it. */
    Score score() {
        ScoringContext context = new ScoringContext(pool, situation.features(), situation.nowNanos());
        return ReplicaScorer.score(view(), at, context, situation);
    }
}
