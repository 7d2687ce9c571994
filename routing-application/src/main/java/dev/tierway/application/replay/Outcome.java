package dev.tierway.application.replay;

import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Refusal;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one decision came to, to the last bit.
 *
 * @param chose null if nobody was chosen; then so are the next two
 * @param refusal null if somebody was chosen
 * @param candidates in the pool's order
 */
public record Outcome(
        @Nullable ReplicaId chose,
        Choice.@Nullable Because because,
        @Nullable Double propensity,
        @Nullable Refusal refusal,
        @Nullable Long parkUntilNanos,
        List<Candidate> candidates) {
    public Outcome {
        candidates = List.copyOf(candidates);
    }

    /**
     * What was found of one candidate.
     *
     * @param index null if it wasn't scored
     */
    public record Candidate(
            ReplicaId replica, @Nullable Double index, List<Rejection> rejections, List<Rejection> bypassed) {
        public Candidate {
            rejections = List.copyOf(rejections);
            bypassed = List.copyOf(bypassed);
        }
    }

    static Outcome of(Choice choice) {
        List<Candidate> candidates = new ArrayList<>(choice.verdicts().size());
        for (Choice.Verdict verdict : choice.verdicts()) {
            Score score = verdict.score();
            candidates.add(new Candidate(
                    verdict.replica().replica().id(),
                    score == null ? null : score.index(),
                    verdict.rejections(),
                    verdict.bypassed()));
        }
        return switch (choice) {
            case Choice.Chosen chosen ->
                new Outcome(
                        chosen.replica().replica().id(), chosen.because(), chosen.propensity(), null, null, candidates);
            case Choice.Nobody nobody ->
                new Outcome(null, null, null, nobody.refusal(), nobody.parkUntilNanos(), candidates);
        };
    }

    /** Somebody was chosen again and again and lost the last slot each time to a call that was faster. */
    private boolean outrun() {
        return chose == null && candidates.stream().anyMatch(one -> one.index() != null);
    }

    /** What is different in the other, in words; empty if nothing is. */
    List<String> differences(Outcome other) {
        List<String> differences = new ArrayList<>();
        if (!outrun()) {
            compare("chose", chose, other.chose, differences);
            compare("because", because, other.because, differences);
            compare("propensity", propensity, other.propensity, differences);
            compare("refusal", refusal, other.refusal, differences);
            compare("parked until", parkUntilNanos, other.parkUntilNanos, differences);
        }
        compare("candidates", candidates.size(), other.candidates.size(), differences);
        for (int i = 0; i < Math.min(candidates.size(), other.candidates.size()); i++) {
            Candidate one = candidates.get(i);
            Candidate its = other.candidates.get(i);
            compare("candidate " + i, one.replica, its.replica, differences);
            compare(one.replica + " index", one.index, its.index, differences);
            compare(one.replica + " rejections", one.rejections, its.rejections, differences);
            compare(one.replica + " bypassed", one.bypassed, its.bypassed, differences);
        }
        return differences;
    }

    private static void compare(
            String what, @Nullable Object recorded, @Nullable Object now, List<String> differences) {
        if (!Objects.equals(recorded, now)) {
            differences.add(what + ": recorded " + recorded + ", now " + now);
        }
    }
}
