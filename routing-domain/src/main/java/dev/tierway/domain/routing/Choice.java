package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one decision came to, with the verdict on every candidate. */
public sealed interface Choice {
    /** In declared (in a route: target) order. */
    List<Verdict> verdicts();

    /**
     * Somebody was chosen.
     *
     * @param because what decided between the eligible
     * @param propensity the probability with which this candidate was chosen
     */
    record Chosen(ReplicaView replica, Score score, Because because, double propensity, List<Verdict> verdicts)
            implements Choice {}

    /**
     * Nobody was eligible.
     *
     * @param refusal what the caller is told if waiting doesn't help
     * @param parkUntilNanos the earliest time a refusal for capacity may end; null if none is for capacity
     */
    record Nobody(Refusal refusal, @Nullable Long parkUntilNanos, List<Verdict> verdicts) implements Choice {}

    /** The reason a candidate won. */
    enum Because {
        BEST_INDEX,
        LESS_LOADED_IN_BAND,
        ONLY_ELIGIBLE,
        PINNED,
        HALF_OPEN_PROBE,
        EXPLORATION,
        LAST_RESORT,
        LAST_ATTEMPT,
        STRATEGY
    }

    /**
     * One candidate's verdict.
     *
     * @param score null if it was refused before it was scored
     * @param rejections empty if it was eligible
     * @param bypassed what a pinned call skipped
     */
    record Verdict(ReplicaView replica, @Nullable Score score, List<Rejection> rejections, List<Rejection> bypassed) {
        public boolean eligible() {
            return rejections.isEmpty();
        }
    }
}
