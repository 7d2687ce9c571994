package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to do when nobody is eligible: let ramping replicas in, wait for capacity, try one whose health alone refuses it,
 * or refuse. In this order; only health ever opens.
 */
final class NobodyEligible {
    private final List<ReplicaView> pool;
    private final List<Choice.Verdict> verdicts;
    private final Situation situation;

    NobodyEligible(List<ReplicaView> pool, List<Choice.Verdict> verdicts, Situation situation) {
        this.pool = pool;
        this.verdicts = verdicts;
        this.situation = situation;
    }

    Choice resolve() {
        Choice ramping = letIn(Rejection.Ramping.class::isInstance, false);
        if (ramping != null) {
            return ramping;
        }
        Long until = capacityUntil();
        if (until != null) {
            return new Choice.Nobody(refusal(), until, verdicts);
        }
        Choice lastResort = situation.progress().first() ? letIn(NobodyEligible::healthAlone, true) : null;
        return lastResort != null ? lastResort : new Choice.Nobody(refusal(), null, verdicts);
    }

    private static boolean healthAlone(Rejection rejection) {
        return rejection instanceof Rejection.Health
                && !(rejection instanceof Rejection.CircuitOpen open && !open.lastResortWorthTrying());
    }

    /** Lets in those refused for such reasons only; for a last resort the likeliest to work. Null if there are none. */
    private @Nullable Choice letIn(Predicate<Rejection> forgiven, boolean lastResort) {
        List<Choice.Verdict> opened = new ArrayList<>(verdicts);
        opened.replaceAll(one -> one.rejections().stream().allMatch(forgiven)
                ? new Choice.Verdict(one.replica(), null, List.of(), one.rejections())
                : one);
        List<Candidate> eligible = TierAwareModelSelector.score(pool, opened, situation);
        if (eligible.isEmpty()) {
            return null;
        }
        if (!lastResort) {
            return TierAwareModelSelector.choose(eligible, opened, situation, false);
        }
        Candidate likeliest = eligible.getFirst();
        for (Candidate candidate : eligible) {
            int order = Double.compare(
                    candidate.score().success(), likeliest.score().success());
            if (order > 0
                    || (order == 0 && ReplicaPicker.compareByChance(candidate, likeliest, situation.seed()) > 0)) {
                likeliest = candidate;
            }
        }
        return TierAwareModelSelector.choose(List.of(likeliest), opened, situation, true);
    }

    /** When somebody refused for capacity alone may have room, if the call may wait so long; null otherwise. */
    private @Nullable Long capacityUntil() {
        Long limit = situation.progress().parkLimitNanos();
        if (limit == null) {
            return null;
        }
        Long earliest = null;
        for (Choice.Verdict verdict : verdicts) {
            Long until = verdict.rejections().stream().allMatch(NobodyEligible::worthWaiting)
                    ? roomAt(verdict, limit)
                    : null;
            if (until != null && until <= limit && (earliest == null || until < earliest)) {
                earliest = until;
            }
        }
        return earliest;
    }

    private static boolean worthWaiting(Rejection rejection) {
        return rejection instanceof Rejection.Capacity && !(rejection instanceof Rejection.RetryBudgetEmpty);
    }

    /** The latest of its refusals' ends; a slot may come at any time until the limit. */
    private static @Nullable Long roomAt(Choice.Verdict verdict, long limit) {
        long latest = Long.MIN_VALUE;
        for (Rejection rejection : verdict.rejections()) {
            Long until = rejection.untilNanos();
            if (until == null && !(rejection instanceof Rejection.AtCapacity)) {
                return null;
            }
            latest = Math.max(latest, until == null ? limit : until);
        }
        return latest == Long.MIN_VALUE ? null : latest;
    }

    private Refusal refusal() {
        Set<Refusal.Reason> reasons = EnumSet.noneOf(Refusal.Reason.class);
        Long retryAt = null;
        for (Choice.Verdict verdict : verdicts) {
            Refusal.Reason reason = reason(verdict.rejections());
            reasons.add(reason);
            Long until = reason == Refusal.Reason.CAPACITY_EXHAUSTED || reason == Refusal.Reason.NO_HEALTHY_REPLICA
                    ? roomAt(verdict, situation.nowNanos())
                    : null;
            if (until != null && until > situation.nowNanos() && (retryAt == null || until < retryAt)) {
                retryAt = until;
            }
        }
        // Declared in the order in which they are told.
        Refusal.Reason first = reasons.isEmpty()
                ? Refusal.Reason.NO_CAPABLE_REPLICA
                : reasons.iterator().next();
        return new Refusal(first, retryAt);
    }

    /** The hardest of one candidate's reasons. */
    private static Refusal.Reason reason(List<Rejection> rejections) {
        if (rejections.stream().anyMatch(Rejection.Fit.class::isInstance)) {
            boolean onlyTooLong = rejections.stream()
                    .filter(Rejection.Fit.class::isInstance)
                    .allMatch(Rejection.ContextTooLong.class::isInstance);
            return onlyTooLong ? Refusal.Reason.CONTEXT_LENGTH_EXCEEDED : Refusal.Reason.NO_CAPABLE_REPLICA;
        }
        if (rejections.stream().anyMatch(NobodyEligible::forbidden)) {
            return Refusal.Reason.POLICY_DENIED;
        }
        if (rejections.stream().anyMatch(Rejection.BudgetExhausted.class::isInstance)) {
            return Refusal.Reason.BUDGET_EXCEEDED;
        }
        return rejections.stream().allMatch(Rejection.Capacity.class::isInstance)
                ? Refusal.Reason.CAPACITY_EXHAUSTED
                : Refusal.Reason.NO_HEALTHY_REPLICA;
    }

    /** What caller, key or rule forbid, as against what an operator or the configuration has taken out of service. */
    private static boolean forbidden(Rejection rejection) {
        return rejection instanceof Rejection.Policy
                && !(rejection instanceof Rejection.InPhase
                        || rejection instanceof Rejection.WeightZero
                        || rejection instanceof Rejection.MarkedUnhealthy
                        || rejection instanceof Rejection.BudgetExhausted);
    }
}
