package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RoutingProgress;
import dev.tierway.domain.routing.SpilloverVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a call has been: what its next decision must know, and the rounds for its explanation. */
final class Journey {
    private static final long MOST_PARKED_NANOS = 2_000_000_000L;
    private static final long MOST_REST_NANOS = 1_000_000_000L;

    private final CallSpec spec;
    private final List<Round> rounds = new ArrayList<>(2);
    private final List<RoutingProgress.LeftReplica> left = new ArrayList<>(2);
    private final List<RoutingProgress.LeftReplica> running = new ArrayList<>(2);
    private final List<RoutingProgress.DeniedReplica> denied = new ArrayList<>(0);
    private final List<ProviderId> shaken = new ArrayList<>(0);
    private @Nullable ModelId model;
    private @Nullable ProviderId lastProvider;
    private int windowAbove;
    private boolean escalating;
    private boolean parked;
    private RoutingProgress.@Nullable LeftReplica repeatable;
    private boolean repeated;
    private int sent;
    private long decisions;

    Journey(CallSpec spec) {
        this.spec = spec;
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
                escalating || keptForHigherTier,
                last,
                parkLimit(nowNanos));
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

    private @Nullable Long parkLimit(long nowNanos) {
        if (repeated) {
            return Math.min(nowNanos + MOST_REST_NANOS, spec.deadlineNanos());
        }
        return parked ? null : Math.min(nowNanos + MOST_PARKED_NANOS, spec.deadlineNanos());
    }

    void park() {
        parked = true;
    }

    /** Chance of the next decision. */
    long nextSeed() {
        return Mixing.mix(spec.seed(), ++decisions);
    }

    int record(int n, long nowNanos, long seed, RoutingProgress progress, Choice choice) {
        rounds.add(new Round(n, nowNanos, seed, progress, choice, null));
        return rounds.size() - 1;
    }

    /** An attempt runs: no other of this call goes there meanwhile. */
    void began(Attempt attempt) {
        Replica replica = attempt.replica();
        running.add(new RoutingProgress.LeftReplica(replica.id(), replica.model(), attempt.id.n(), null));
    }

    void complete(Attempt attempt, AttemptResult result) {
        running.removeIf(one -> one.attempt() == attempt.id.n());
        rounds.set(attempt.round, withResult(rounds.get(attempt.round), result));
    }

    Choice chosen(Attempt attempt) {
        return rounds.get(attempt.round).choice();
    }

    /** Whether the attempts a call may send are used up. */
    boolean spent() {
        return sent >= attemptsAllowed();
    }

    private static Round withResult(Round round, AttemptResult result) {
        return new Round(round.n(), round.atNanos(), round.seed(), round.progress(), round.choice(), result);
    }

    void leave(Attempt attempt, Failure failure, @Nullable SpilloverVerdict verdict) {
        Replica replica = attempt.replica();
        var one =
                new RoutingProgress.LeftReplica(replica.id(), replica.model(), attempt.id.n(), failure.failureClass());
        left.add(one);
        model = replica.model();
        lastProvider = replica.provider();
        if (failure.scope() == Failure.Scope.PROVIDER && !shaken.contains(replica.provider())) {
            shaken.add(replica.provider());
        }
        if (verdict instanceof SpilloverVerdict.TryAnother(boolean mayRepeat, boolean larger)) {
            repeatable = mayRepeat && !repeated ? one : null;
            if (larger && rounds.get(attempt.round).choice() instanceof Choice.Chosen chosen) {
                Integer window = chosen.replica().model().contextWindow();
                windowAbove = Math.max(windowAbove, window == null ? 0 : window);
            }
        }
    }

    void deny(Attempt attempt, Descriptor descriptor, @Nullable Long retryAtNanos) {
        denied.removeIf(one -> one.replica().equals(attempt.replica().id()));
        denied.add(new RoutingProgress.DeniedReplica(attempt.replica().id(), descriptor.key(), retryAtNanos));
    }

    /** Nobody was eligible: is there another way? True if it is worth selecting again. */
    boolean widen() {
        if (repeatable != null && !repeated) {
            left.remove(repeatable);
            repeated = true;
            return true;
        }
        if (!escalating && !spec.features().ask().escalation().isEmpty()) {
            escalating = true;
            return true;
        }
        return false;
    }

    Selection selection(long generation, @Nullable CallResult result) {
        return new Selection(
                spec.identity(), generation, spec.seed(), spec.features(), spec.policy(), rounds, result, List.of());
    }
}
