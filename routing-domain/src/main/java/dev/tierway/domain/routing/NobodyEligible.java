package dev.tierway.domain.routing;

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
    private final Judgement judgement;
    private final Situation situation;

    NobodyEligible(Judgement judgement, Situation situation) {
        this.judgement = judgement;
        this.situation = situation;
    }

    Choice resolve() {
        Judgement ramping = forgiving(Rejection.Ramping.class::isInstance);
        List<Candidate> letIn = ramping.score(situation);
        if (!letIn.isEmpty()) {
            return TierAwareModelSelector.choose(letIn, ramping, situation);
        }
        Long until = capacityUntil();
        if (until != null) {
            return new Choice.Nobody(refusal(), until, judgement.verdicts(List.of()));
        }
        Choice lastResort = situation.progress().mayResort() ? lastResort() : null;
        return lastResort != null ? lastResort : new Choice.Nobody(refusal(), null, judgement.verdicts(List.of()));
    }

    /** Of those refused for their health alone the likeliest to work; null if there are none. */
    private @Nullable Choice lastResort() {
        boolean othersAreBusy = somebodyIsMerelyBusy();
        Judgement healthAside = forgiving(othersAreBusy ? NobodyEligible::health : NobodyEligible::worthTrying);
        List<Candidate> eligible = healthAside.score(situation);
        if (othersAreBusy) {
            eligible.removeIf(candidate -> !longUnused(candidate));
        }
        if (eligible.isEmpty()) {
            return null;
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
        return TierAwareModelSelector.chosen(
                Pick.of(likeliest, 1), Choice.Because.LAST_RESORT, healthAside.verdicts(eligible));
    }

    /** Has room again before the sick are worth another look. */
    private boolean somebodyIsMerelyBusy() {
        long soon = situation.nowNanos() + situation.policy().waiting().lastResortNanos();
        return judgement.reasons().stream().anyMatch(reasons -> roomWithin(reasons, soon));
    }

    private boolean roomWithin(List<Rejection> reasons, long soon) {
        Long until =
                reasons.stream().allMatch(NobodyEligible::worthWaiting) ? roomAt(reasons, situation.nowNanos()) : null;
        return until != null && until <= soon;
    }

    /**
     * While somebody healthy is merely busy, the sick are looked at now and then only: capacity that came back
     * is found long before a circuit that opened many times would let it be, and dead ones get next to no traffic.
     */
    private boolean longUnused(Candidate candidate) {
        boolean account =
                !judgement.reasons().get(candidate.declared()).stream().allMatch(NobodyEligible::worthTrying);
        Long used = candidate.view().state().lastUsedNanos();
        WaitingSettings waiting = situation.policy().waiting();
        long least = account ? waiting.accountLastResortNanos() : waiting.lastResortNanos();
        return used == null || situation.nowNanos() - used >= least;
    }

    private static boolean health(Rejection rejection) {
        return rejection instanceof Rejection.Health;
    }

    /** A circuit opened by an account, a credential or a configuration would only fail again. */
    private static boolean worthTrying(Rejection rejection) {
        return rejection instanceof Rejection.Health
                && !(rejection instanceof Rejection.CircuitOpen open && !open.lastResortWorthTrying());
    }

    /** The same without the reasons of those that are refused for such reasons only. */
    private Judgement forgiving(Predicate<Rejection> forgiven) {
        List<List<Rejection>> remaining = new ArrayList<>(judgement.reasons());
        remaining.replaceAll(reasons -> reasons.stream().allMatch(forgiven) ? List.of() : reasons);
        return judgement.forgiving(remaining);
    }

    /** When somebody refused for capacity alone may have room, if the call may wait so long; null otherwise. */
    private @Nullable Long capacityUntil() {
        Long limit = situation.progress().parkLimitNanos();
        if (limit == null) {
            return null;
        }
        Long earliest = null;
        for (List<Rejection> rejections : judgement.reasons()) {
            Long until = rejections.stream().allMatch(NobodyEligible::worthWaiting) ? roomAt(rejections, limit) : null;
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
    private static @Nullable Long roomAt(List<Rejection> rejections, long limit) {
        long latest = Long.MIN_VALUE;
        for (Rejection rejection : rejections) {
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
        for (List<Rejection> rejections : judgement.reasons()) {
            Refusal.Reason reason = reason(rejections);
            reasons.add(reason);
            Long until = reason == Refusal.Reason.CAPACITY_EXHAUSTED || reason == Refusal.Reason.NO_HEALTHY_REPLICA
                    ? roomAt(rejections, situation.nowNanos())
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
            if (fits(rejections, Rejection.ContextTooLong.class)) {
                return Refusal.Reason.CONTEXT_LENGTH_EXCEEDED;
            }
            return fits(rejections, Rejection.NotExpressible.class)
                    ? Refusal.Reason.UNSUPPORTED_PARAMETER
                    : Refusal.Reason.NO_CAPABLE_REPLICA;
        }
        if (rejections.stream().anyMatch(NobodyEligible::forbidden)) {
            return Refusal.Reason.POLICY_DENIED;
        }
        if (rejections.stream().anyMatch(Rejection.CostUnknown.class::isInstance)) {
            return Refusal.Reason.COST_UNKNOWN;
        }
        if (rejections.stream().anyMatch(Rejection.BudgetExhausted.class::isInstance)) {
            return Refusal.Reason.BUDGET_EXCEEDED;
        }
        return rejections.stream().allMatch(Rejection.Capacity.class::isInstance)
                ? Refusal.Reason.CAPACITY_EXHAUSTED
                : Refusal.Reason.NO_HEALTHY_REPLICA;
    }

    /** Whether nothing but that makes the request unfit. */
    private static boolean fits(List<Rejection> rejections, Class<? extends Rejection.Fit> only) {
        return rejections.stream().filter(Rejection.Fit.class::isInstance).allMatch(only::isInstance);
    }

    /** What caller, key or rule forbid, as against what an operator or the configuration has taken out of service. */
    private static boolean forbidden(Rejection rejection) {
        return rejection instanceof Rejection.Policy
                && !(rejection instanceof Rejection.InPhase
                        || rejection instanceof Rejection.WeightZero
                        || rejection instanceof Rejection.MarkedUnhealthy
                        || rejection instanceof Rejection.CostUnknown
                        || rejection instanceof Rejection.BudgetExhausted);
    }
}
