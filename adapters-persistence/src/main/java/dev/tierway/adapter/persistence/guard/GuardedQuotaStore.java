package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A shared store and what happens without it. While it is down nobody waits for it: rates and concurrency are limited here, at
 * this instance's share; what enforces money is refused with a {@link LimitUnavailableException}; money that is only watched passes. What the store has to
 * hear of is kept, and delivered when it is back. docs/quota.md states the bounds.
 */
public final class GuardedQuotaStore implements QuotaStore {
    /** After that, a store that was asked and didn't answer has done it or never will. */
    private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int FIRST_PINGS = 3;
    private static final long CERTAIN = Long.MIN_VALUE;
    private static final CompletionStage<Result> NOTHING_ASKED =
            CompletableFuture.completedStage(new Result.Granted(List.of()));
    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedStage(null);

    private final MonotonicClock clock;
    private final Alarm alarm;
    private final StoreLine line;
    private final LocalQuota local;
    private final DeliveryQueue queue;
    /** Calls whose caller's concurrency the store may hold, and when they may be finished there. */
    private final Map<String, Long> holding = new ConcurrentHashMap<>();

    /**
     * Guards a store and begins to watch it. Waits for its first sign of life, not longer than for four answers: not for event
     * loops. Closes it when closed.
     *
     * @param zone where the days and months of budgets begin
     * @param reservation how long a reservation waits to be settled or refunded
     * @param expired told of reservations that nobody settled in time while the store was down
     */
    public static GuardedQuotaStore open(
            RemoteQuotaStore remote,
            GuardOptions options,
            MonotonicClock clock,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expired) {
        GuardedQuotaStore store =
                new GuardedQuotaStore(remote, options, clock, wallClock, zone, reservation, expired, new ThreadAlarm());
        // The first connection takes longer than what comes later, and would look like a store that is down.
        for (int tries = 0; tries < FIRST_PINGS && !store.line.reached().join(); tries++) {}
        store.start().handle((pong, error) -> pong).join();
        return store;
    }

    GuardedQuotaStore(
            RemoteQuotaStore remote,
            GuardOptions options,
            MonotonicClock clock,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expired,
            Alarm alarm) {
        this.clock = clock;
        this.alarm = alarm;
        this.line = new StoreLine(remote, options, clock, alarm);
        this.queue = new DeliveryQueue(line, clock, options.waiting());
        this.local =
                new LocalQuota(its -> new MemoryQuotaStore(clock, wallClock, zone, reservation, (memo, estimate) -> {
                    its.expired(memo.attempt());
                    expired.expired(memo, estimate);
                }));
    }

    /** Completes with the first sign of life, or without one. */
    CompletableFuture<@Nullable Void> start() {
        return line.keepProbing(queue::deliver);
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        if (asked.descriptors().isEmpty()) {
            return NOTHING_ASKED;
        }
        if (local.grant(asked.attempt()) != null) {
            return alone(asked, LocalGrant.neverAsked(asked, clock.nanos()));
        }
        long now = clock.nanos();
        long quietUntil = now + QUIET_NANOS;
        LocalGrant lost = LocalGrant.answerLost(asked, now, quietUntil);
        CompletableFuture<Result> answer = line.ask(store -> store.reserve(asked), late -> told(asked, lost));
        if (answer == null) {
            return alone(asked, LocalGrant.neverAsked(asked, clock.nanos()));
        }
        String callId = asked.attempt().callId();
        boolean holds = holds(asked);
        if (holds) {
            holding.putIfAbsent(callId, CERTAIN);
        }
        CompletionStage<Result> chosen = answer.handle((result, error) -> {
                    if (error == null || StoreLine.isOurs(error)) {
                        return answer;
                    }
                    holding.computeIfPresent(callId, (id, before) -> Math.max(before, quietUntil));
                    return instead(asked, lost);
                })
                .thenCompose(one -> one);
        return holds ? chosen.whenComplete((result, error) -> finishedMeanwhile(callId, quietUntil)) : chosen;
    }

    /** A call whose client leaves is finished before its reservation is answered, and finished only once. */
    private void finishedMeanwhile(String callId, long quietUntil) {
        if (!holding.containsKey(callId)) {
            local.finish(callId);
            queue.add(new Delivery.Finish(callId), quietUntil);
        }
    }

    /** Whether it takes something that only the end of its call gives back. */
    private static boolean holds(Reservation asked) {
        return asked.descriptors().stream().anyMatch(descriptor -> new Hold(descriptor, 1, 0).untilCallEnds());
    }

    private CompletionStage<Result> alone(Reservation asked, LocalGrant grant) {
        return local.reserve(asked, new LocalShare(line.liveInstances()), grant);
    }

    /** Nobody will end what isn't granted here either: what the store may hold of it is given back. */
    private CompletionStage<Result> instead(Reservation asked, LocalGrant lost) {
        return alone(asked, lost).whenComplete((result, error) -> {
            if (!(result instanceof Result.Granted)) {
                lost.ended(new Ending.Refunded());
                queue.add(new Delivery.End(asked.attempt(), new Ending.Refunded()), lost.dueAt(clock.nanos()));
            }
        });
    }

    /** The store has answered after all: what is over already may have been told too early. */
    private void told(Reservation asked, LocalGrant lost) {
        Delivery delivery = lost.delivery();
        if (delivery != null) {
            queue.add(delivery, clock.nanos());
        }
        if (holds(asked) && !holding.containsKey(asked.attempt().callId())) {
            queue.add(new Delivery.Finish(asked.attempt().callId()), clock.nanos());
        }
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return end(attempt, new Ending.Settled(actual));
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return end(attempt, new Ending.Unknown(seen));
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        return end(
                attempt,
                switch (extent) {
                    case ALL -> new Ending.Refunded();
                    case ALL_BUT_REQUEST -> new Ending.RefundedButRequest();
                });
    }

    private CompletionStage<@Nullable Void> end(AttemptId attempt, Ending ending) {
        LocalGrant grant = local.end(attempt, ending);
        if (grant == null) {
            return deliver(new Delivery.End(attempt, ending));
        }
        grant.ended(ending);
        Delivery delivery = grant.delivery();
        if (delivery != null && (grant.certain() || queue.hasRoomForReports())) {
            queue.add(delivery, grant.dueAt(clock.nanos()));
        } else if (delivery != null) {
            queue.givenUp();
        }
        return DONE;
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        local.finish(callId);
        Long notBefore = holding.remove(callId);
        if (notBefore == null) {
            return DONE;
        }
        if (notBefore > clock.nanos()) {
            queue.add(new Delivery.Finish(callId), notBefore);
            return DONE;
        }
        return deliver(new Delivery.Finish(callId));
    }

    /** Now if the store is there, else later. */
    private CompletionStage<@Nullable Void> deliver(Delivery delivery) {
        CompletableFuture<@Nullable Void> answer = line.ask(store -> delivery.to(store, clock.nanos()));
        if (answer == null) {
            queue.add(delivery, clock.nanos());
            return DONE;
        }
        return answer.handle((done, error) -> {
                    if (error == null || StoreLine.isOurs(error)) {
                        return answer;
                    }
                    queue.add(delivery, clock.nanos());
                    return DONE;
                })
                .thenCompose(chosen -> chosen);
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        boolean ours = attempt != null && local.grant(attempt) != null;
        local.observe(ours ? attempt : null, seen);
        CompletableFuture<@Nullable Void> answer = ours ? null : line.ask(store -> store.observe(attempt, seen));
        // What a vendor says is old in a moment: it isn't kept for later.
        return answer == null
                ? DONE
                : answer.exceptionallyCompose(
                        error -> StoreLine.isOurs(error) ? CompletableFuture.failedStage(error) : DONE);
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        CompletableFuture<List<Left>> answer = line.ask(store -> store.left(descriptors));
        if (answer != null) {
            return answer;
        }
        return descriptors.stream().anyMatch(LocalShare::isMoney)
                ? CompletableFuture.failedStage(new StoreException("the quota store is down: " + line.problem()))
                : local.left(descriptors, new LocalShare(line.liveInstances()));
    }

    /** Fails while the store is down. */
    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        CompletableFuture<List<Raised>> answer = line.ask(store -> store.raise(floors));
        return answer == null
                ? CompletableFuture.failedStage(new StoreException("the quota store is down: " + line.problem()))
                : answer;
    }

    /** How the store is doing, and what waits for it. */
    public StoreHealth health() {
        return new StoreHealth(
                line.up(), line.problem(), queue.size(), queue.delivered(), queue.retried(), queue.lost());
    }

    /** What still waits for the store after a last try is lost with the process; the reservations expire there. */
    @Override
    public void close() {
        queue.deliver();
        alarm.close();
        line.close();
        local.close();
    }
}
