package dev.tierway.adapter.persistence.lease;

import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits calls from shares of high rates that were leased from a store, and asks the store for everything else. A call with any
 * limit that isn't shared out goes to the store as a whole, as without this. docs/quota.md states the bounds, docs/adr/0017 why
 * it is done so.
 */
public final class LeasedQuotaStore implements QuotaStore {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedQuotaStore.class);
    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedStage(null);
    private static final long LAST_WORDS_MILLIS = 2_000;
    private static final int TICKS_PER_LIFE = 4;

    private final QuotaStore store;
    private final ShareSteps toStore;
    private final MonotonicClock clock;
    private final ExpiredReservations expired;
    private final Runnable ticking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Shares shares;

    /** Before a store, which it closes when closed. Shares that lie unused are given back in time by a thread of its own. */
    public static LeasedQuotaStore open(
            QuotaStore store,
            ShareOptions options,
            MonotonicClock clock,
            Duration reservation,
            ExpiredReservations expired) {
        return new LeasedQuotaStore(
                store,
                options,
                clock,
                reservation,
                expired,
                UUID.randomUUID().toString(),
                tick -> Ticker.start(options.life().dividedBy(TICKS_PER_LIFE), tick));
    }

    /** @param ticking starts ticks, and returns what stops them */
    LeasedQuotaStore(
            QuotaStore store,
            ShareOptions options,
            MonotonicClock clock,
            Duration reservation,
            ExpiredReservations expired,
            String instance,
            Function<Runnable, Runnable> ticking) {
        this.store = store;
        this.toStore = new ShareSteps(store);
        this.clock = clock;
        this.expired = expired;
        this.shares = new Shares(options, reservation, instance);
        this.ticking = ticking.apply(this::tick);
    }

    /** What stores tell of reservations that expire, without the shares among them: those are nobody's calls. */
    public static ExpiredReservations callsOnly(ExpiredReservations expired) {
        return ShareName.unlessShare(expired);
    }

    private <T> T locked(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    /** Changes what is leased, and tells the store what follows from that. */
    private void change(Runnable task) {
        List<Step> steps = locked(() -> {
            task.run();
            return shares.steps();
        });
        take(steps);
    }

    private void take(List<Step> steps) {
        for (Step step : steps) {
            var unused = take(step);
        }
    }

    private CompletionStage<?> take(Step step) {
        return switch (step) {
            case Step.Ask(Share share) ->
                toStore.ask(share).handle((result, error) -> {
                    change(() -> answered(share, result));
                    return null;
                });
            case Step.Carry(Share share, Share carrier) ->
                toStore.carry(carrier).handle((result, error) -> {
                    change(() -> answered(share, carrier, result));
                    return null;
                });
            case Step.Settle(Share share, long charged) -> watched(share.id, toStore.settle(share, charged));
            case Step.Owe owed -> watched(owed.id(), toStore.owe(owed));
            case Step.Forget(Reservation unsettled) -> {
                expired.expired(unsettled.memo(), unsettled.estimate());
                yield DONE;
            }
        };
    }

    /** A share from somebody who stands in for the store is none of the limit's. A lost answer expires, or is given back below. */
    private void answered(Share share, @Nullable Result result) {
        long now = clock.nanos();
        switch (result) {
            case Result.Granted granted
            when granted.warning() == null && !granted.left().isEmpty() ->
                shares.granted(share, granted.left().getFirst(), now);
            case Result.Granted granted -> shares.refused(share, true, now);
            case Result.Denied denied -> shares.refused(share, false, now);
            case null -> shares.refused(share, true, now);
        }
    }

    private void answered(Share share, Share carrier, @Nullable Result result) {
        if (result instanceof Result.Granted granted && granted.warning() == null) {
            shares.carried(share, carrier);
        } else {
            shares.notCarried(share, carrier, !(result instanceof Result.Denied));
        }
    }

    private static CompletionStage<@Nullable Void> watched(AttemptId share, CompletionStage<@Nullable Void> told) {
        return told.handle((done, error) -> {
            if (error != null) {
                LOG.warn("the quota store wasn't told how {} ended; it stays charged as it was taken", share, error);
            }
            return null;
        });
    }

    /** Gives back what is over. */
    void tick() {
        change(() -> shares.tick(clock.nanos()));
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        if (asked.descriptors().isEmpty()) {
            return store.reserve(asked);
        }
        Result here;
        List<Step> steps;
        lock.lock();
        try {
            here = shares.admit(asked, clock.nanos());
            steps = shares.steps();
        } finally {
            lock.unlock();
        }
        CompletionStage<Result> answer = here == null ? askStore(asked) : CompletableFuture.completedStage(here);
        take(steps);
        return answer;
    }

    private CompletionStage<Result> askStore(Reservation asked) {
        List<Descriptor> lowered =
                asked.descriptors().stream().map(shares::lowered).toList();
        CompletionStage<Result> answer;
        try {
            answer = store.reserve(new Reservation(lowered, asked.estimate(), asked.memo()));
        } catch (RuntimeException thrown) {
            answer = CompletableFuture.failedStage(thrown);
        }
        return answer.whenComplete((result, error) -> change(() -> learn(asked, result)))
                .thenApply(result -> switch (result) {
                    case Result.Granted(var left, var warning) -> new Result.Granted(ours(left, asked), warning);
                    case Result.Denied(var binding, var retry, var available) ->
                        new Result.Denied(ours(binding, asked), retry, available);
                });
    }

    private void learn(Reservation asked, @Nullable Result result) {
        switch (result) {
            case Result.Granted granted
            when granted.warning() == null -> granted.left().forEach(shares::seen);
            case Result.Granted granted -> {}
            case Result.Denied(var binding, var retry, var available) -> {
                shares.denied(asked.attempt());
                shares.seen(new Left(binding, available, 0, false));
            }
            case null -> shares.denied(asked.attempt());
        }
    }

    /** With the limits as they were asked for. */
    private List<Left> ours(List<Left> left, Reservation asked) {
        List<Left> ours = new ArrayList<>(left.size());
        for (Left one : left) {
            ours.add(new Left(ours(one.descriptor(), asked), one.available(), one.restNanos(), one.exceeded()));
        }
        return ours;
    }

    private static Descriptor ours(Descriptor lowered, Reservation asked) {
        for (Descriptor descriptor : asked.descriptors()) {
            if (descriptor.key().equals(lowered.key())) {
                return descriptor;
            }
        }
        return lowered;
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return endedHere(attempt, new Ending.Settled(actual)) ? DONE : store.settle(attempt, actual);
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return endedHere(attempt, new Ending.Unknown(seen)) ? DONE : store.settleUnknown(attempt, seen);
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        Ending ending = switch (extent) {
            case ALL -> new Ending.Refunded();
            case ALL_BUT_REQUEST -> new Ending.RefundedButRequest();
        };
        return endedHere(attempt, ending) ? DONE : store.refund(attempt, extent);
    }

    private boolean endedHere(AttemptId attempt, Ending ending) {
        boolean[] here = new boolean[1];
        change(() -> here[0] = shares.end(attempt, ending));
        return here[0];
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        return store.finish(callId);
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        List<VendorObservation> tellable = locked(() -> shares.tellable(attempt, seen));
        return tellable.isEmpty() ? DONE : store.observe(attempt, tellable);
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        List<Descriptor> lowered = descriptors.stream().map(shares::lowered).toList();
        return store.left(lowered)
                .thenApply(left -> locked(() -> {
                    List<Left> ours = new ArrayList<>(left.size());
                    for (int i = 0; i < left.size(); i++) {
                        Left one = left.get(i);
                        ours.add(new Left(descriptors.get(i), shares.available(one), one.restNanos(), one.exceeded()));
                    }
                    return ours;
                }));
    }

    /** Money is never shared out. */
    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return store.raise(floors);
    }

    /** Who is asked for what shares don't have. */
    public QuotaStore store() {
        return store;
    }

    /** What shares were good for. */
    public SharesReport report() {
        return locked(() -> shares.counts().report());
    }

    /** Gives all shares back before the store is closed; waits for that, but not for long. */
    @Override
    public void close() {
        ticking.run();
        List<Step> steps = locked(() -> {
            shares.close();
            return shares.steps();
        });
        CompletableFuture<?>[] told = steps.stream()
                .map(this::take)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(told)
                .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        store.close();
    }
}
