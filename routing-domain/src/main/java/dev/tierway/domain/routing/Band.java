package dev.tierway.domain.routing;

import java.util.ArrayList;
import java.util.List;

/** Those about as good as the best: of two drawn from them, the less loaded wins. */
record Band(List<Candidate> members) {
    private static final long SALT_FIRST = 102;
    private static final long SALT_SECOND = 103;

    static Band of(List<Candidate> candidates, PickingSettings picking) {
        Score best = ReplicaPicker.best(candidates, 0).score();
        double width = width(best, picking);
        List<Candidate> band = new ArrayList<>(2);
        for (Candidate candidate : candidates) {
            if (candidate.score().index() >= best.index() - width) {
                band.add(candidate);
            }
        }
        return new Band(band);
    }

    /** How far behind the best one may be. */
    static double width(Candidate best, PickingSettings picking) {
        return width(best.score(), picking);
    }

    private static double width(Score best, PickingSettings picking) {
        return Math.max(picking.bandShare() * (best.successCost() - best.failureTerm()), picking.leastBandUsd());
    }

    Pick pick(Candidate best, Situation situation) {
        if (members.size() == 1) {
            return new Pick(members.getFirst(), Choice.Because.BEST_INDEX, 1);
        }
        Candidate first = ReplicaPicker.first(members, null, situation.seed(), SALT_FIRST);
        Candidate second = ReplicaPicker.first(members, first, situation.seed(), SALT_SECOND);
        Candidate winner = compareLoad(second, first) < 0 ? second : first;
        return new Pick(
                winner,
                winner.declared() == best.declared() ? Choice.Because.BEST_INDEX : Choice.Because.LESS_LOADED_IN_BAND,
                propensity(winner));
    }

    /**
     * The chance of being picked: of the m·(m − 1) ordered draws, those in which it meets somebody more loaded, or as
     * loaded and second.
     */
    double propensity(Candidate candidate) {
        int others = 0;
        int wins = 0;
        for (Candidate other : members) {
            if (other.declared() != candidate.declared()) {
                int order = compareLoad(candidate, other);
                others++;
                wins += order < 0 ? 2 : order == 0 ? 1 : 0;
            }
        }
        if (others == members.size()) {
            return 0;
        }
        return others == 0 ? 1 : wins / (double) (members.size() * others);
    }

    private static int compareLoad(Candidate a, Candidate b) {
        boolean limitsKnown =
                a.view().replica().concurrency() != null && b.view().replica().concurrency() != null;
        return limitsKnown
                ? Double.compare(a.view().load(), b.view().load())
                : Integer.compare(a.view().state().inFlight(), b.view().state().inFlight());
    }
}
