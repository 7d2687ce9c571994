package dev.tierway.application.rules;

import dev.tierway.domain.catalogue.Target;
import java.util.List;
import java.util.Locale;

/** Where a rule sends a call. */
public sealed interface Direction {
    /** To what it was addressed to. */
    record Stay() implements Direction {}

    /** To something else instead. */
    record Redirect(Target to) implements Direction {}

    /**
     * To one of several, always the same for the same caller.
     *
     * @param arms with weights of which one at least isn't 0
     * @param fallback whether a call may spill to what it was addressed to once its arm has nobody eligible left
     */
    record Experiment(StickyBy stickyBy, List<Arm> arms, boolean fallback) implements Direction {
        public Experiment {
            arms = List.copyOf(arms);
            if (arms.stream().mapToLong(Arm::weight).sum() <= 0) {
                throw new IllegalArgumentException("an experiment needs an arm whose weight isn't 0");
            }
        }
    }

    /** What keeps an arm. A call without it is assigned by itself. */
    enum StickyBy {
        USER,
        SESSION,
        KEY,
        AGENT,
        REQUEST;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One side of an experiment.
     *
     * @param label its name in decisions, logs and metrics
     * @param weight its share of the calls, beside the others'; 0 is none
     */
    record Arm(String label, Target to, int weight) {
        public Arm {
            if (weight < 0) {
                throw new IllegalArgumentException("arm '" + label + "': weight must be 0 or more, not " + weight);
            }
        }
    }
}
