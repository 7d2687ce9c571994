package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.guard.RemoteQuotaStore;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.LostUsage;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Usage;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Limits that several instances share, in Redis or Valkey: one script per step, on the server's clock, to the microsecond. Every
 * step is safe to deliver twice. When the server doesn't answer in time the step fails; what to do then is not decided here.
 * Never blocks but in {@link #close()}.
 */
public final class RedisQuotaStore implements RemoteQuotaStore {
    /** The largest limit that is counted exactly; of money, in nano-dollars. */
    public static final long MOST_AMOUNT = Wire.MOST - 1;

    private static final CompletionStage<Result> NOTHING_ASKED =
            CompletableFuture.completedStage(new Result.Granted(List.of()));

    private final RedisLink link;
    private final RedisClocks clocks;
    private final RedisSteps steps;
    private final ReservationSteps reservations;
    private final RaiseSteps raising;
    private final Heartbeat heartbeat;

    /**
     * Opens the store and keeps a heartbeat. The link stays the caller's to close, after this.
     *
     * @param wallClock this instance's; may be wrong
     * @param zone where the days and months of budgets begin; the same for all instances
     * @param reservation how long a reservation waits to be settled or refunded: a call's longest time and a minute
     * @param expired told of those nobody ended in time, on one of the link's threads
     */
    public static RedisQuotaStore open(
            RedisLink link, WallClock wallClock, ZoneId zone, Duration reservation, ExpiredReservations expired) {
        return open(link, wallClock, zone, reservation, expired, LostUsage.UNHEARD);
    }

    /**
     * As the other.
     *
     * @param lost told if the server has lost what it had acknowledged, on one of the link's threads
     */
    public static RedisQuotaStore open(
            RedisLink link,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expired,
            LostUsage lost) {
        RedisClocks clocks = new RedisClocks(wallClock, zone, reservation, RedisClocks.LEASE, null);
        RedisQuotaStore store =
                new RedisQuotaStore(link, clocks, UUID.randomUUID().toString(), expired, lost);
        store.heartbeat.start(link.resources().eventExecutorGroup());
        // Another server may be there now: whoever spent on the old one must say so before others spend on this one.
        link.whenConnected(() -> {
            var unused = store.heartbeat.beat();
        });
        return store;
    }

    /** For tests: with the server's time told, and without a heartbeat but when asked for one. */
    RedisQuotaStore(RedisLink link, RedisClocks clocks, String instance, ExpiredReservations expired) {
        this(link, clocks, instance, expired, LostUsage.UNHEARD);
    }

    RedisQuotaStore(RedisLink link, RedisClocks clocks, String instance, ExpiredReservations expired, LostUsage lost) {
        this.link = link;
        this.clocks = clocks;
        this.steps = new RedisSteps(link, clocks, instance);
        StepCount count = new StepCount(clocks.wallClock());
        KnownSpending known = new KnownSpending();
        this.raising = new RaiseSteps(steps, count);
        LostSteps losses =
                new LostSteps(raising, count, known, link.options().timeout().toMillis(), lost);
        CountedSteps counted = new CountedSteps(steps, count, losses, this::again);
        this.reservations = new ReservationSteps(counted, clocks, known);
        long openedMillis = clocks.wallClock().epochMillis();
        this.heartbeat = new Heartbeat(counted, steps, expired, isNew -> {
            reservations.forgetExpired();
            if (isNew && losses.losses() == 0) {
                losses.isNew(openedMillis);
            } else {
                losses.tell();
            }
        });
    }

    private void again(long step) {
        reservations.again(step);
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        return asked.descriptors().isEmpty() ? NOTHING_ASKED : reservations.reserve(asked);
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return end(attempt, ReservationSteps.Ending.SETTLED, actual);
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return end(attempt, ReservationSteps.Ending.UNKNOWN, seen);
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        return end(
                attempt,
                switch (extent) {
                    case ALL -> ReservationSteps.Ending.REFUNDED;
                    case ALL_BUT_REQUEST -> ReservationSteps.Ending.REFUNDED_BUT_REQUEST;
                },
                Amounts.NONE);
    }

    private CompletionStage<@Nullable Void> end(AttemptId attempt, ReservationSteps.Ending how, Amounts actual) {
        return done(steps.inTime(reservations.end(attempt, how, actual)));
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        List<String> args = steps.args();
        args.add(callId);
        return done(steps.run(RedisScript.FINISH, args));
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        List<String> args = steps.args();
        args.add(attempt == null ? "" : attempt.toString());
        int before = args.size();
        for (VendorObservation one : seen) {
            if (one.descriptor().limit().isLearned()) {
                Wire.told(args, one.descriptor(), one.seen());
            }
        }
        return args.size() == before
                ? CompletableFuture.completedStage(null)
                : done(steps.run(RedisScript.OBSERVE, args));
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        return usages(descriptors).thenApply(usages -> {
            List<Left> left = new ArrayList<>(descriptors.size());
            for (int i = 0; i < descriptors.size(); i++) {
                left.add(Left.of(descriptors.get(i), usages.get(i)));
            }
            return left;
        });
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return raising.raise(floors);
    }

    /** What is used of these limits now. */
    CompletionStage<List<Usage>> usages(List<Descriptor> descriptors) {
        List<String> args = steps.args();
        for (Descriptor descriptor : descriptors) {
            args.add(descriptor.key());
            args.add(Wire.kind(descriptor.limit()));
        }
        return steps.run(RedisScript.LEFT, args).thenApply(reply -> {
            QuotaTime now = UsageReply.time(reply.getFirst(), clocks.zone());
            List<Usage> usages = UsageReply.usages(descriptors, reply, 1);
            for (int i = 0; i < usages.size(); i++) {
                usages.set(i, usages.get(i).at(descriptors.get(i).limit(), now));
            }
            return usages;
        });
    }

    private static CompletionStage<@Nullable Void> done(CompletionStage<?> step) {
        return step.thenApply(answer -> null);
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return link.ping();
    }

    /** Those that gave a sign of life in the last 13 s. */
    @Override
    public int liveInstances() {
        return heartbeat.liveInstances();
    }

    /** Whether the last sign of life reached the server. */
    public boolean up() {
        return heartbeat.up();
    }

    /** Gives a sign of life, ends what is over, and delivers what expired. */
    CompletionStage<@Nullable Void> beat() {
        return heartbeat.beat();
    }

    /** Its concurrency is free at once; open reservations stay until they are ended or expire. */
    @Override
    public void close() {
        heartbeat.stop();
    }
}
