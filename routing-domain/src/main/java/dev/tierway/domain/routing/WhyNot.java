package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a candidate isn't the one, and the least that would have to be different for it to be first. Found by deciding
 * again with the same functions on changed facts: a counterfactual explanation (Wachter, Mittelstadt and Russell 2018).
 *
 * <p>First under {@code adaptive}: its model is chosen and its index is the best. Who of those about as good gets the
 * call is left to load and chance, and now and then a probe or a measurement comes before; so the first isn't always
 * the chosen one. First under {@code weighted}: nobody has a larger weight.
 *
 * @param chosen whether it is the one
 * @param first whether it is first as things are
 * @param reasons what refuses it
 * @param fixed those of the reasons that nothing takes away within this call
 * @param changes a smallest set that would put it first; none of them can be spared. Empty if it is first, or nothing
 *     would help
 * @param alternatives other sets as small
 * @param ahead who is first without the reasons against this one; null if it would be itself
 * @param behindUsd how far its index is then behind; null under other strategies
 * @param decidedBy what makes the difference; null if it is first or refused for good
 */
public record WhyNot(
        ReplicaView replica,
        boolean chosen,
        boolean first,
        List<Rejection> reasons,
        List<Rejection> fixed,
        List<Change> changes,
        List<List<Change>> alternatives,
        @Nullable ReplicaView ahead,
        @Nullable Double behindUsd,
        @Nullable DecidedBy decidedBy) {
    /** A change may uncover another reason. */
    private static final int MOST_UNCOVERED = 8;

    /** Null if that replica isn't a candidate. */
    public static @Nullable WhyNot of(ReplicaId id, Choice choice, Situation situation) {
        List<ReplicaView> pool = new ArrayList<>(choice.verdicts().size());
        Choice.Verdict verdict = null;
        int at = -1;
        for (Choice.Verdict one : choice.verdicts()) {
            if (one.replica().replica().id().equals(id)) {
                verdict = one;
                at = pool.size();
            }
            pool.add(one.replica());
        }
        return verdict == null ? null : of(verdict, choice, new Scene(situation, pool, at));
    }

    private static WhyNot of(Choice.Verdict verdict, Choice choice, Scene scene) {
        if (choice instanceof Choice.Chosen chosen && chosen.replica() == verdict.replica()) {
            return new WhyNot(
                    verdict.replica(), true, true, List.of(), List.of(), List.of(), List.of(), null, null, null);
        }
        if (scene.leads()) {
            RunnerUp passedOver =
                    choice instanceof Choice.Chosen chosen ? RunnerUp.of(chosen, scene.situation()) : null;
            return new WhyNot(
                    verdict.replica(),
                    false,
                    true,
                    verdict.rejections(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    passedOver == null ? null : passedOver.decidedBy());
        }
        List<Change> remedies = new ArrayList<>();
        List<Rejection> fixed = new ArrayList<>();
        Scene allowed = withoutRejections(scene, remedies, fixed);
        if (!fixed.isEmpty()) {
            return new WhyNot(
                    verdict.replica(),
                    false,
                    false,
                    verdict.rejections(),
                    List.copyOf(fixed),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null);
        }
        return compared(verdict, allowed, new SmallestChanges(scene, remedies).find());
    }

    private static Scene withoutRejections(Scene scene, List<Change> remedies, List<Rejection> fixed) {
        Scene allowed = scene;
        for (int i = 0; i < MOST_UNCOVERED && fixed.isEmpty(); i++) {
            List<Rejection> against = allowed.judged().reasons().get(allowed.at());
            if (against.isEmpty()) {
                break;
            }
            for (Rejection rejection : against) {
                Change remedy = Remedies.of(rejection, allowed);
                if (remedy == null) {
                    fixed.add(rejection);
                } else if (!remedies.contains(remedy)) {
                    remedies.add(remedy);
                }
            }
            allowed = Changed.by(remedies, scene);
        }
        return allowed;
    }

    private static WhyNot compared(Choice.Verdict verdict, Scene allowed, List<List<Change>> sets) {
        List<Candidate> eligible = allowed.judged().score(allowed.situation());
        Candidate own = allowed.own(eligible);
        Candidate leader = own == null ? null : allowed.leader(eligible);
        boolean behind = leader != null && leader.declared() != allowed.at();
        boolean byIndex = allowed.situation().policy().strategy() == BuiltInStrategy.ADAPTIVE;
        return new WhyNot(
                verdict.replica(),
                false,
                false,
                verdict.rejections(),
                List.of(),
                sets.isEmpty() ? List.of() : sets.getFirst(),
                sets.isEmpty() ? List.of() : sets.subList(1, sets.size()),
                behind && leader != null ? leader.view() : null,
                behind && byIndex && leader != null && own != null ? behindUsd(leader, own, allowed.situation()) : null,
                behind && leader != null && own != null ? decider(leader, own, allowed.situation()) : null);
    }

    private static @Nullable Double behindUsd(Candidate leader, Candidate own, Situation situation) {
        double behind = ModelChoice.worth(leader, situation) - ModelChoice.worth(own, situation);
        return behind >= 0 ? behind : null;
    }

    private static @Nullable DecidedBy decider(Candidate leader, Candidate own, Situation situation) {
        RankingStrategy strategy = situation.policy().strategy();
        if (strategy != BuiltInStrategy.ADAPTIVE) {
            return strategy instanceof BuiltInStrategy known ? known.decider(leader, own, situation) : null;
        }
        boolean inHand = leader.view().model().id().equals(situation.progress().model())
                && !own.view().model().id().equals(situation.progress().model());
        return inHand ? DecidedBy.MODEL_IN_HAND : DecidedBy.term(leader, own, situation);
    }
}
