package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ProviderState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks among the scored replicas of one model: due probes, a little exploration, cold before hot (the rule of
 * Prequal, Wydrowski and others 2024), then the less loaded of two drawn from those about as good as the best (the power
 * of two choices, Mitzenmacher 2001). Chance comes from the call's seed alone; list order never decides.
 */
final class ReplicaPicker {
    private static final double HOT = 0.84;
    private static final double BAND_SHARE = 0.10;
    private static final double BAND_USD = 0.0005;
    private static final long COLD_AFTER_NANOS = 30_000_000_000L;
    private static final double EXPLORATION_COST_RATIO = 2;
    private static final long SALT_EXPLORE = 101;
    private static final long SALT_DRAW = 102;
    private static final long SALT_PROBE = 103;

    private ReplicaPicker() {}

    /** @param candidates not empty */
    static Pick pick(List<Candidate> candidates, Situation situation) {
        List<Candidate> probes = new ArrayList<>(0);
        List<Candidate> regular = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            (probeDue(candidate, situation) ? probes : regular).add(candidate);
        }
        if (!probes.isEmpty()) {
            int drawn = draw(probes.size(), situation.seed(), SALT_PROBE);
            return new Pick(probes.get(drawn), Choice.Because.HALF_OPEN_PROBE, 1.0 / probes.size());
        }
        Candidate best = best(regular, situation.seed());
        double exploring = situation.mayExperiment() ? situation.policy().exploration() : 0;
        Candidate cold = exploring > 0 ? coldest(regular, best, situation) : null;
        if (cold != null && Mixing.unit(situation.seed(), SALT_EXPLORE) < exploring) {
            return new Pick(cold, Choice.Because.EXPLORATION, exploring);
        }
        return fromBand(band(coldOnly(regular)), best, situation, cold == null ? 1 : 1 - exploring);
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
                        || view.provider().circuit().phase(situation.nowNanos(), ProviderState.CIRCUIT)
                                == Circuit.Phase.HALF_OPEN);
    }

    /** The highest index; ties by seed. */
    static Candidate best(List<Candidate> candidates, long seed) {
        Candidate best = candidates.getFirst();
        for (Candidate candidate : candidates) {
            if (candidate.score().index() > best.score().index()
                    || (candidate.score().index() == best.score().index() && tie(candidate, seed) > tie(best, seed))) {
                best = candidate;
            }
        }
        return best;
    }

    static long tie(Candidate candidate, long seed) {
        return Mixing.mix(seed, candidate.view().replica().id().value().hashCode());
    }

    /** The eligible replica nobody has measured for longest, if trying it isn't much dearer than the best. */
    private static @Nullable Candidate coldest(List<Candidate> candidates, Candidate best, Situation situation) {
        Candidate coldest = null;
        long oldest = situation.nowNanos() - COLD_AFTER_NANOS;
        for (Candidate candidate : candidates) {
            Long measured = candidate.view().state().lastMeasuredNanos();
            long at = measured == null ? Long.MIN_VALUE : measured;
            boolean older = coldest == null
                    ? at < oldest
                    : at < oldest
                            || (at == oldest && tie(candidate, situation.seed()) > tie(coldest, situation.seed()));
            if (candidate.declared() != best.declared()
                    && older
                    && candidate.score().successCost()
                            <= EXPLORATION_COST_RATIO * best.score().successCost()) {
                coldest = candidate;
                oldest = at;
            }
        }
        return coldest;
    }

    private static List<Candidate> coldOnly(List<Candidate> candidates) {
        List<Candidate> cold = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Double utilisation = candidate.view().utilisation();
            if (utilisation == null || utilisation <= HOT) {
                cold.add(candidate);
            }
        }
        return cold.isEmpty() ? candidates : cold;
    }

    private static List<Candidate> band(List<Candidate> candidates) {
        Score best = best(candidates, 0).score();
        double width = Math.max(BAND_SHARE * (best.successCost() - best.failureTerm()), BAND_USD);
        List<Candidate> band = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (candidate.score().index() >= best.index() - width) {
                band.add(candidate);
            }
        }
        return band;
    }

    private static Pick fromBand(List<Candidate> band, Candidate best, Situation situation, double share) {
        if (band.size() == 1) {
            return new Pick(band.getFirst(), Choice.Because.BEST_INDEX, share);
        }
        int a = draw(band.size(), situation.seed(), SALT_DRAW);
        int b = draw(band.size() - 1, situation.seed(), SALT_DRAW + 1);
        Candidate first = band.get(a);
        Candidate second = band.get(b >= a ? b + 1 : b);
        Candidate winner = compareLoad(second, first) < 0 ? second : first;
        return new Pick(
                winner,
                winner.declared() == best.declared() ? Choice.Because.BEST_INDEX : Choice.Because.LESS_LOADED_IN_BAND,
                share * propensity(winner, band));
    }

    /** Of the m·(m − 1) ordered draws, those in which the winner meets somebody more loaded, or as loaded and second. */
    private static double propensity(Candidate winner, List<Candidate> band) {
        int wins = 0;
        for (Candidate other : band) {
            if (other.declared() != winner.declared()) {
                int order = compareLoad(winner, other);
                wins += order < 0 ? 2 : order == 0 ? 1 : 0;
            }
        }
        return wins / (double) (band.size() * (band.size() - 1));
    }

    private static int compareLoad(Candidate a, Candidate b) {
        Double loadA = a.view().utilisation();
        Double loadB = b.view().utilisation();
        return loadA != null && loadB != null
                ? Double.compare(loadA, loadB)
                : Integer.compare(a.view().state().inFlight(), b.view().state().inFlight());
    }

    private static int draw(int size, long seed, long salt) {
        return (int) (Mixing.unit(seed, salt) * size);
    }
}
