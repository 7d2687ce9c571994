package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Refusal;
import dev.tierway.domain.routing.RoutingProgress;
import dev.tierway.domain.routing.SpilloverVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a call has been: what its next decision must know, and the rounds for its explanation. */
final class Journey {
    /** So often a limit may name a time and deny again then; after that its replica is out of room for this call. */
    private static final int MOST_DENIALS = 16;

    private final CallSpec spec;
    private final Patience patience;
    private final LimitTally limits;
    private final List<Round> rounds = new ArrayList<>(2);
    private final List<RoutingProgress.LeftReplica> left = new ArrayList<>(2);
    private final List<RoutingProgress.LeftReplica> running = new ArrayList<>(2);
    private final List<RoutingProgress.DeniedReplica> denied = new ArrayList<>(0);
    private final List<ProviderId> shaken = new ArrayList<>(0);
    private @Nullable ModelId model;
    private @Nullable ProviderId lastProvider;
    private int windowAbove;
    private boolean escalating;
    private boolean cameBack;
    private @Nullable ReplicaId repeatable;
    private long restNanos;
    private @Nullable ReplicaId repeating;
    private boolean repeated;
    private @Nullable CallResult lastFailure;
    private int sent;
    private int denials;
    private long decisions;

    Journey(CallSpec spec) {
        this.spec = spec;
        this.patience = new Patience(spec);
        this.limits = new LimitTally(spec.callerLimits().warnAt());
    }

    /** What its attempts took of its caller's limits. */
    LimitTally limits() {
        return limits;
    }

    int sent() {
        return sent;
    }

    void countSend() {
        sent++;
    }

    /** What the next decision must know. */
    RoutingProgress progress(long nowNanos) {
        boolean last = sent + 1 >= attemptsAllowed();
        boolean keptForHigherTier =
                last && sent > 0 && !spec.features().ask().escalation().isEmpty();
        return new RoutingProgress(
                sent,
                leftOrRunning(),
                denied,
                model,
                lastProvider,
                shaken,
                windowAbove,
                repeating,
                escalating || keptForHigherTier,
                last,
                mayResort(),
                patience.limit(repeating == null ? null : restNanos, sent == 0, nowNanos));
    }

    /** A higher tier the caller permits is asked before somebody sick is. */
    private boolean mayResort() {
        return sent == 0 && (cameBack || spec.features().ask().escalation().isEmpty());
    }

    RoutingProgress hedgeProgress(long nowNanos) {
        return progress(nowNanos).forHedge(escalating);
    }

    private List<RoutingProgress.LeftReplica> leftOrRunning() {
        if (running.isEmpty()) {
            return left;
        }
        List<RoutingProgress.LeftReplica> both = new ArrayList<>(left);
        both.addAll(running);
        return both;
    }

    private int attemptsAllowed() {
        var limits = spec.policy().spillover();
        return spec.features().ask().level() == Ask.Level.TIER
                ? limits.attempts()
                : Math.min(limits.attempts(), limits.attemptsPerModel());
    }

    boolean mayStartAnother(long nowNanos) {
        return patience.mayStartAnother(nowNanos);
    }

    /** The call waits, as long as that progress allowed. */
    void park(RoutingProgress progress) {
        patience.begin(repeating != null, progress.parkLimitNanos());
    }

    /** Chance of the next decision. */
    long nextSeed() {
        return Mixing.mix(spec.seed(), ++decisions);
    }

    /** A parked call that looks again and finds nobody corrects its last look, so that rounds stay few. */
    int record(int n, long nowNanos, long seed, RoutingProgress progress, RetryBudget gatewayRetries, Choice choice) {
        if (choice instanceof Choice.Nobody && inVain(1, n) && inVain(2, n)) {
            rounds.removeLast();
        }
        rounds.add(new Round(n, nowNanos, seed, progress, gatewayRetries, choice, null));
        return rounds.size() - 1;
    }

    private boolean inVain(int fromEnd, int n) {
        int at = rounds.size() - fromEnd;
        return at >= 0 && rounds.get(at).n() == n && rounds.get(at).choice() instanceof Choice.Nobody;
    }

    /** An attempt runs: no other of this call goes there meanwhile. */
    void began(Attempt attempt) {
        Replica replica = attempt.replica();
        running.add(new RoutingProgress.LeftReplica(replica.id(), replica.model(), attempt.id.n(), null));
        repeating = null;
    }

    void complete(Attempt attempt, AttemptResult result) {
        running.removeIf(one -> one.attempt() == attempt.id.n());
        rounds.set(attempt.round, rounds.get(attempt.round).ending(result));
    }

    Choice chosen(Attempt attempt) {
        return rounds.get(attempt.round).choice();
    }

    /** Whether the attempts a call may send are used up. */
    boolean spent() {
        return sent >= attemptsAllowed();
    }

    /** The attempt failed and isn't gone back to. Returns what the call comes to if nothing follows. */
    CallResult leave(Attempt attempt, Failure failure, SpilloverVerdict verdict) {
        Replica replica = attempt.replica();
        if (failure.failureClass() == FailureClass.ENDPOINT_NOT_OFFERED
                && spec.features().wording().format() != null) {
            // The replica isn't left: what it was asked for goes to it in another format, if it can.
            return failedWith(new CallResult.Exhausted(replica.id(), failure));
        }
        left.add(
                new RoutingProgress.LeftReplica(replica.id(), replica.model(), attempt.id.n(), failure.failureClass()));
        model = replica.model();
        lastProvider = replica.provider();
        if (failure.scope() == Failure.Scope.PROVIDER && !shaken.contains(replica.provider())) {
            shaken.add(replica.provider());
        }
        if (verdict instanceof SpilloverVerdict.TryAnother(boolean mayRepeat, boolean larger)) {
            boolean again = mayRepeat && !repeated && replica.retry().repeat();
            repeatable = again ? replica.id() : null;
            restNanos = replica.retry().maxRest().toNanos();
            if (larger && chosen(attempt) instanceof Choice.Chosen chosen) {
                Integer window = chosen.replica().model().contextWindow();
                windowAbove = Math.max(windowAbove, window == null ? 0 : window);
            }
        }
        CallResult result = attempt.commitNanos == null
                ? new CallResult.Exhausted(replica.id(), failure)
                : new CallResult.Broken(replica.id(), failure, false);
        return failedWith(result);
    }

    private CallResult failedWith(CallResult result) {
        lastFailure = result;
        return result;
    }

    /** How the call ends that nobody serves any more: one that has sent by its last attempt's class. */
    CallResult unserved(Refusal refusal) {
        return lastFailure != null ? lastFailure : new CallResult.Refused(refusal);
    }

    /** What an attempt that has ended used up; null if it hasn't, or nobody knows. */
    @Nullable
    TokenUsage usedBy(Attempt attempt) {
        AttemptResult result = rounds.get(attempt.round).result();
        return result == null ? null : result.usage();
    }

    void deny(Attempt attempt, Descriptor descriptor, @Nullable Long retryAtNanos) {
        ReplicaId replica = attempt.replica().id();
        Long until = ++denials > MOST_DENIALS ? null : retryAtNanos;
        denied.removeIf(one -> one.replica().equals(replica));
        denied.add(new RoutingProgress.DeniedReplica(replica, descriptor.key(), until));
    }

    /** Nobody was eligible: is there another way? True if it is worth selecting again. */
    boolean widen() {
        if (repeatable != null && !repeated) {
            repeating = repeatable;
            repeated = true;
            return true;
        }
        repeating = null;
        if (!escalating && !cameBack && !spec.features().ask().escalation().isEmpty()) {
            escalating = true;
            return true;
        }
        if (escalating && sent == 0) {
            escalating = false;
            cameBack = true;
            return true;
        }
        return false;
    }

    /** The same for a call in which something threw: with what there is, at the least with nothing. */
    Selection selectionOfBroken(long generation, CallResult result, Throwable thrown) {
        try {
            return selection(generation, result);
        } catch (RuntimeException again) {
            thrown.addSuppressed(again);
            return new Selection(
                    spec.identity(),
                    generation,
                    spec.seed(),
                    spec.features(),
                    spec.policy(),
                    List.of(),
                    result,
                    List.of());
        }
    }

    Selection selection(long generation, @Nullable CallResult result) {
        return new Selection(
                spec.identity(),
                generation,
                spec.seed(),
                spec.features(),
                spec.policy(),
                rounds,
                limits.uses(),
                result,
                List.of());
    }
}
