package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.SpilloverPolicy;
import dev.tierway.domain.routing.SpilloverVerdict;
import org.jspecify.annotations.Nullable;

/** How long an attempt may take, and whether and when another may follow it or start beside it. */
final class Pacing {
    /** How long what was cancelled because time is over may take to say what it used; nobody waits longer for the end. */
    private static final long CLOSING_NANOS = 250_000_000;

    private final CallSpec spec;
    private final ReplicaRegistry registry;
    private final Journey journey;

    Pacing(CallSpec spec, ReplicaRegistry registry, Journey journey) {
        this.spec = spec;
        this.registry = registry;
        this.journey = journey;
    }

    /** How long an attempt that starts now may take. */
    AttemptClocks clocks(Attempt attempt, long nowNanos) {
        Timeouts timeouts = spec.routeTimeouts().over(attempt.replica().timeouts());
        long firstToken = timeouts.firstTokenNanos(
                spec.features().tokens().input(attempt.replica().model()));
        long untilTotal = Math.max(1, spec.deadlineNanos() - nowNanos);
        long least = timeouts.unary().toNanos();
        long unary = firstToken + least;
        if (journey.chosen(attempt) instanceof Choice.Chosen chosen) {
            double expected = chosen.score().ttftNanos()
                    + chosen.score().tokenNanos() * chosen.replica().expectedOutput();
            unary = firstToken + Math.max(least, (long) (timeouts.unaryPatience() * expected));
        }
        boolean last = journey.spent() || !journey.mayStartAnother(nowNanos + unary);
        return new AttemptClocks(
                timeouts.connect().toNanos(),
                firstToken,
                timeouts.idle().toNanos(),
                last ? untilTotal : Math.min(unary, untilTotal));
    }

    /** What follows an attempt that fails now. */
    SpilloverVerdict after(Attempt attempt, Failure failure, long nowNanos) {
        boolean lastResort = journey.chosen(attempt) instanceof Choice.Chosen chosen
                && chosen.because() == Choice.Because.LAST_RESORT;
        return SpilloverPolicy.after(
                failure,
                new SpilloverPolicy.Standing(
                        journey.sent(),
                        attempt.stage == Attempt.Stage.COMMITTED,
                        spec.features().ask().pinned(),
                        lastResort,
                        journey.mayStartAnother(nowNanos)),
                spec.policy());
    }

    /** When a second attempt may start beside this one; null if not at all. */
    @Nullable
    Long hedgeAt(Attempt attempt, long nowNanos) {
        if (spec.policy().hedging().share() <= 0
                || !spec.features().stream()
                || spec.features().ask().pinned()
                || journey.sent() != 1) {
            return null;
        }
        registry.hedgeable(spec.policy().hedging().share());
        return journey.chosen(attempt) instanceof Choice.Chosen chosen
                ? nowNanos
                        + (long) (chosen.replica().modelState().tail().p95()
                                * chosen.score().ttftNanos())
                : null;
    }

    /** Whether the attempt sent may get company: a hedge is an attempt, counts as one, and few calls get one. */
    boolean mayHedge(long nowNanos) {
        return journey.sent() == 1 && !journey.spent() && journey.mayStartAnother(nowNanos) && registry.hedge();
    }

    /** Somebody whose quota is short or who is nearly full gets no second attempts of others. */
    boolean roomForHedge(ReplicaView view) {
        Double headroom = view.headroom();
        return view.load() < spec.policy().picking().hot()
                && (headroom == null || headroom >= spec.policy().hedging().leastHeadroom());
    }

    /** How the call ends whose total time is over. */
    CallResult totalOver(@Nullable Attempt begun) {
        return begun == null
                ? new CallResult.DeadlineExceeded(spec.callersDeadline())
                : new CallResult.Broken(begun.replica().id(), overIn(begun), spec.callersDeadline());
    }

    private Failure overIn(Attempt begun) {
        return new Failure(
                FailureClass.TIMEOUT,
                Failure.Scope.REPLICA,
                Processed.YES,
                null,
                null,
                journey.usedBy(begun),
                spec.callersDeadline() ? "the caller's deadline passed" : "the call's total time was over");
    }

    /** When a call whose time is over ends, whatever its attempts do. */
    static long closedAt(long nowNanos) {
        return nowNanos + CLOSING_NANOS;
    }
}
