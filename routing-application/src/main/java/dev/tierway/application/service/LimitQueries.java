package dev.tierway.application.service;

import dev.tierway.application.limits.CountedLimits;
import dev.tierway.application.limits.CountedLimits.Counted;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.limits.Owner;
import dev.tierway.application.port.in.LimitStatus;
import dev.tierway.application.port.in.LimitsStatus;
import dev.tierway.application.port.in.QueryLimits;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers what those who call have left of their limits, from the store that counts. */
public final class LimitQueries implements QueryLimits {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LimitsInForce limits;
    private final QuotaStore store;
    private final WallClock clock;

    public LimitQueries(LimitsInForce limits, QuotaStore store, WallClock clock) {
        this.limits = limits;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public CompletionStage<LimitsStatus> limits() {
        CountedLimits view = limits.view(MOST);
        List<Descriptor> asked = view.limits().stream().map(Counted::descriptor).toList();
        return left(asked).handle((left, error) -> {
            Map<String, Left> known = new HashMap<>();
            if (left != null) {
                left.forEach(one -> known.put(one.descriptor().key(), one));
            }
            return status(view, known, error == null ? null : words(error));
        });
    }

    private CompletionStage<List<Left>> left(List<Descriptor> asked) {
        if (asked.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        try {
            return store.left(asked);
        } catch (RuntimeException broken) {
            return CompletableFuture.failedStage(broken);
        }
    }

    private static String words(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private LimitsStatus status(CountedLimits view, Map<String, Left> known, @Nullable String problem) {
        double warnAt = limits.inForce().warnAt();
        List<LimitStatus> all = new ArrayList<>();
        for (Counted one : view.limits()) {
            all.add(status(one, known.get(one.descriptor().key()), warnAt));
        }
        all.sort(Comparator.comparing(LimitStatus::usedShare, Comparator.nullsLast(Comparator.reverseOrder())));
        return new LimitsStatus(all, view.leftOut(), warnAt, problem);
    }

    private LimitStatus status(Counted one, @Nullable Left left, double warnAt) {
        Descriptor descriptor = one.descriptor();
        Limit limit = descriptor.limit();
        Owner owner = one.owner();
        boolean money = limit.dimension() == Dimension.MONEY;
        Long available = left == null ? null : (Long) left.available();
        Long used = available == null ? null : (Long) (limit.burst() - available);
        Double share = used == null ? null : (Double) (used / (double) limit.burst());
        Period period = Period.of(limit);
        return new LimitStatus(
                one.rule().id(),
                owner.kind().id(),
                owner.tag(),
                owner.key(),
                owner.name(),
                owner.isOthers(),
                money ? "usd" : limit.dimension().id(),
                money ? null : (Long) limit.burst(),
                money ? null : used,
                money ? null : available,
                money ? usd(limit.burst()) : null,
                money ? usd(used) : null,
                money ? usd(available) : null,
                share,
                period != null || limit.window().isZero()
                        ? null
                        : (Long) limit.window().toMillis(),
                period == null ? null : period.id(),
                resetsAt(descriptor, left),
                descriptor.enforced(),
                state(left, share, warnAt),
                !one.rule().pacing() || share == null ? null : limits.paceOf(descriptor, share));
    }

    private static String state(@Nullable Left left, @Nullable Double share, double warnAt) {
        if (left == null || share == null) {
            return "unknown";
        }
        if (left.exceeded()) {
            return "exceeded";
        }
        return share >= 1 ? "used_up" : share >= warnAt ? "warning" : "ok";
    }

    private static @Nullable String usd(@Nullable Long nano) {
        return nano == null ? null : new NanoUsd(nano).toDecimalString();
    }

    /** A window ends by the calendar, whatever is used; a rate is whole again once what is used has come back. */
    private @Nullable String resetsAt(Descriptor descriptor, @Nullable Left left) {
        Long end = limits.windowEndMillis(descriptor);
        if (end != null) {
            return Instant.ofEpochMilli(end).toString();
        }
        return left == null || left.restNanos() == 0 || left.restNanos() == Usage.NEVER
                ? null
                : Instant.ofEpochMilli(clock.epochMillis() + Math.ceilDiv(left.restNanos(), NANOS_PER_MILLI))
                        .toString();
    }
}
