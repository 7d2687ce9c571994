package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fleet.Mixing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the model together with its replica: the one whose best replica scores highest, its quality for the use case
 * added. The model in hand is finished before another is begun. Ties by seed.
 */
final class ModelChoice {
    private ModelChoice() {}

    /** The chosen model's candidates. */
    static List<Candidate> ofOneModel(List<Candidate> eligible, Situation situation) {
        if (allOfOneModel(eligible)) {
            return eligible;
        }
        ModelId inHand = situation.progress().model();
        if (inHand != null && eligible.stream().anyMatch(one -> modelOf(one).equals(inHand))) {
            return only(inHand, eligible);
        }
        return only(modelOf(best(eligible, situation)), eligible);
    }

    private static boolean allOfOneModel(List<Candidate> eligible) {
        ModelId first = modelOf(eligible.getFirst());
        for (Candidate candidate : eligible) {
            if (!modelOf(candidate).equals(first)) {
                return false;
            }
        }
        return true;
    }

    private static List<Candidate> only(ModelId model, List<Candidate> eligible) {
        List<Candidate> members = new ArrayList<>(eligible.size());
        for (Candidate candidate : eligible) {
            if (modelOf(candidate).equals(model)) {
                members.add(candidate);
            }
        }
        return members;
    }

    private static Candidate best(List<Candidate> eligible, Situation situation) {
        UseCase useCase = situation.features().ask().useCase();
        Candidate best = eligible.getFirst();
        double most = worth(best, useCase);
        for (Candidate candidate : eligible) {
            double its = worth(candidate, useCase);
            int order = Double.compare(its, most);
            if (order > 0 || (order == 0 && compareByChance(modelOf(candidate), modelOf(best), situation.seed()) > 0)) {
                best = candidate;
                most = its;
            }
        }
        return best;
    }

    /** What its model is compared by. */
    static double worth(Candidate candidate, Situation situation) {
        return worth(candidate, situation.features().ask().useCase());
    }

    private static double worth(Candidate candidate, @Nullable UseCase useCase) {
        return candidate.score().index() + quality(candidate, useCase);
    }

    static double quality(Candidate candidate, @Nullable UseCase useCase) {
        Map<UseCase, Double> known = candidate.view().model().qualityUsd();
        return useCase == null || known.isEmpty() ? 0 : known.getOrDefault(useCase, 0.0);
    }

    private static ModelId modelOf(Candidate candidate) {
        return candidate.view().model().id();
    }

    private static int compareByChance(ModelId a, ModelId b, long seed) {
        int order = Long.compare(
                Mixing.mix(seed, a.value().hashCode()),
                Mixing.mix(seed, b.value().hashCode()));
        return order != 0 ? order : a.compareTo(b);
    }
}
