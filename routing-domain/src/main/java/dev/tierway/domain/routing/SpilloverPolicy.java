package dev.tierway.domain.routing;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;

/** What a call does after an attempt failed. The class alone decides; limits and commit come first. */
public final class SpilloverPolicy {
    private SpilloverPolicy() {}

    /**
     * Where a call stands when an attempt fails.
     *
     * @param sent attempts sent, the failed one included
     * @param committed whether its answer had begun to reach the caller
     * @param lastResort whether it was tried although its health spoke against it: once, without spill
     * @param mayStartAnother whether the clock still allows a new attempt
     */
    public record Standing(int sent, boolean committed, boolean pinned, boolean lastResort, boolean mayStartAnother) {}

    public static SpilloverVerdict after(Failure failure, Standing standing, RoutingPolicy policy) {
        if (standing.committed()) {
            return new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.COMMITTED);
        }
        // Not even a pinned replica has been asked what the caller asks: it may be, in another format.
        boolean unasked = failure.failureClass() == FailureClass.ENDPOINT_NOT_OFFERED;
        if (standing.pinned() && !unasked) {
            return new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.PINNED);
        }
        if (standing.lastResort() && !unasked) {
            return new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.LAST_RESORT);
        }
        if (standing.sent() >= policy.spillover().attempts()) {
            return new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.ATTEMPTS_SPENT);
        }
        if (!standing.mayStartAnother()) {
            return new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.TIME_SPENT);
        }
        FailureClass kind = failure.failureClass();
        SpilloverVerdict byClass = new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.CLASS);
        return switch (kind.spill()) {
            case NO -> byClass;
            case YES -> new SpilloverVerdict.TryAnother(false, false);
            case YES_OR_REPEAT -> new SpilloverVerdict.TryAnother(true, false);
            case LARGER_WINDOW -> new SpilloverVerdict.TryAnother(false, true);
            case BY_SETTING ->
                policy.spillover().onContentPolicy() ? new SpilloverVerdict.TryAnother(false, false) : byClass;
        };
    }
}
