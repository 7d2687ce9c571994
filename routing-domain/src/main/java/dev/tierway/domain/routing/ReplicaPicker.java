package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.Mixing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Picks among the scored replicas of one model: due probes, a little exploration, cold before hot (the rule of
 * Prequal, Wydrowski and others 2024), then the less loaded of two drawn from those about as good as the best (the power
 * of two choices, Mitzenmacher 2001). Chance comes from the call's seed and the replicas' ids alone: the order of the
 * list never decides.
 */
final class ReplicaPicker {
    private static final long SALT_EXPLORE = 101;
    private static final long SALT_PROBE = 105;
    private static final long SALT_COLDEST = 106;

    private ReplicaPicker() {}

    /** @param candidates not empty */
    static Pick pick(List<Candidate> candidates, Situation situation) {
        Pick probe = dueProbe(candidates, situation);
        if (probe != null) {
            return probe;
        }
        PickingSettings picking = situation.policy().picking();
        Candidate best = best(candidates, situation.seed());
        double exploring = situation.mayExperiment() ? picking.exploration() : 0;
        List<Candidate> coldest = exploring > 0 ? coldest(candidates, best, situation) : List.of();
        Band band = Band.of(roomy(candidates, picking), picking);
        if (coldest.isEmpty()) {
            return band.pick(best, situation);
        }
        Pick pick = band.pick(best, situation);
        if (Mixing.unit(situation.seed(), SALT_EXPLORE) < exploring) {
            Candidate cold = first(coldest, null, situation.seed(), SALT_COLDEST);
            pick = new Pick(cold, Choice.Because.EXPLORATION, band.propensity(cold));
        }
        int picked = pick.candidate().declared();
        boolean explorable = coldest.stream().anyMatch(one -> one.declared() == picked);
        return new Pick(
                pick.candidate(),
                pick.because(),
                (explorable ? exploring / coldest.size() : 0) + (1 - exploring) * pick.propensity());
    }

    /** One of those whose circuit waits for a probe; null if none does. */
    static @Nullable Pick dueProbe(List<Candidate> candidates, Situation situation) {
        List<Candidate> due = new ArrayList<>(0);
        for (Candidate candidate : candidates) {
            if (probeDue(candidate, situation)) {
                due.add(candidate);
            }
        }
        return due.isEmpty()
                ? null
                : new Pick(
                        first(due, null, situation.seed(), SALT_PROBE),
                        Choice.Because.HALF_OPEN_PROBE,
                        1.0 / due.size());
    }

    private static boolean probeDue(Candidate candidate, Situation situation) {
        var view = candidate.view();
        return situation.mayExperiment()
                && (view.state()
                                        .circuit()
                                        .phase(
                                                situation.nowNanos(),
                                                view.replica().circuit())
                                == Circuit.Phase.HALF_OPEN
                        || view.provider().circuit().phase(situation.nowNanos(), view.accountCircuit())
                                == Circuit.Phase.HALF_OPEN);
    }

    /** The highest index; ties by seed. */
    static Candidate best(List<Candidate> candidates, long seed) {
        Candidate best = candidates.getFirst();
        for (Candidate candidate : candidates) {
            int order = Double.compare(candidate.score().index(), best.score().index());
            if (order > 0 || (order == 0 && compareByChance(candidate, best, seed) > 0)) {
                best = candidate;
            }
        }
        return best;
    }

    /** An order of the replicas that depends on the seed and their ids only. */
    static int compareByChance(Candidate a, Candidate b, long seed) {
        ReplicaId one = a.view().replica().id();
        ReplicaId other = b.view().replica().id();
        int order = Long.compare(
                Mixing.mix(seed, one.value().hashCode()),
                Mixing.mix(seed, other.value().hashCode()));
        return order != 0 ? order : one.compareTo(other);
    }

    /** The first of the others in the order of chance: a draw in which every one is as likely. */
    static Candidate first(List<Candidate> candidates, @Nullable Candidate but, long seed, long salt) {
        long mixed = Mixing.mix(seed, salt);
        Candidate first = null;
        for (Candidate candidate : candidates) {
            boolean drawable = but == null || candidate.declared() != but.declared();
            if (drawable && (first == null || compareByChance(candidate, first, mixed) > 0)) {
                first = candidate;
            }
        }
        return Objects.requireNonNull(first);
    }

    /** Those with room that nobody has measured for longest, if trying one isn't much dearer than the best. */
    private static List<Candidate> coldest(List<Candidate> candidates, Candidate best, Situation situation) {
        List<Candidate> coldest = new ArrayList<>(0);
        PickingSettings picking = situation.policy().picking();
        long oldest = situation.nowNanos() - picking.coldAfterNanos();
        for (Candidate candidate : candidates) {
            Long measured = candidate.view().state().lastMeasuredNanos();
            long at = measured == null ? Long.MIN_VALUE : measured;
            boolean affordable = candidate.score().successCost()
                    <= picking.explorationCost() * best.score().successCost();
            boolean worse = candidate.score().index() < best.score().index();
            if (at <= oldest && worse && affordable && !hot(candidate, picking)) {
                if (at < oldest) {
                    coldest.clear();
                }
                coldest.add(candidate);
                oldest = at;
            }
        }
        return coldest;
    }

    private static List<Candidate> roomy(List<Candidate> candidates, PickingSettings picking) {
        boolean allCold = true;
        for (Candidate candidate : candidates) {
            allCold &= !hot(candidate, picking);
        }
        if (allCold) {
            return candidates;
        }
        List<Candidate> roomy = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (!hot(candidate, picking)) {
                roomy.add(candidate);
            }
        }
        return roomy.isEmpty() ? candidates : roomy;
    }

    private static boolean hot(Candidate candidate, PickingSettings picking) {
        // Unknown limits count as no load: nothing says they are hot.
        return candidate.view().load() > picking.hot();
    }
}
