package dev.tierway.adapter.persistence.lease;

import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.Left;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has leased, and who was admitted from it. Without I/O and for one thread at a time: what the store is to be
 * told is handed out as {@link Step}s, its answers are put in.
 */
final class Shares {
    private final ShareOptions options;
    private final Duration reservation;
    private final String instance;
    private final Attempts attempts = new Attempts();
    private final Map<String, LeasedLimit> limits = new HashMap<>();
    /** Those and the ones that have changed since and have shares yet. */
    private final Set<LeasedLimit> all = new LinkedHashSet<>();

    private final ShareCounts counts = new ShareCounts();
    private List<Step> steps = new ArrayList<>();
    private long ids;
    private boolean closed;

    /** @param instance part of the shares' names in the store: no two instances alike, not even after a restart */
    Shares(ShareOptions options, Duration reservation, String instance) {
        this.options = options;
        this.reservation = reservation;
        this.instance = instance;
    }

    /** What the store is to be told now; forgotten here. */
    List<Step> steps() {
        if (steps.isEmpty()) {
            // Not the list itself: others add to it while the caller looks at it without a lock.
            return List.of();
        }
        List<Step> now = steps;
        steps = new ArrayList<>();
        return now;
    }

    /** Admits an attempt if shares have all of it; null: the store decides. */
    @Nullable
    Result admit(Reservation asked, long now) {
        AttemptId attempt = asked.attempt();
        Admitted known = attempts.open(attempt);
        if (known != null ? known.here() : attempts.endedHere(attempt)) {
            return new Result.Granted(List.of());
        }
        List<Draw> draws = known == null ? draws(asked, now) : List.of();
        if (known == null) {
            attempts.add(new Admitted(asked, draws, now + reservation.toNanos()));
        }
        if (draws.isEmpty()) {
            counts.askedStore();
            return null;
        }
        counts.admittedHere();
        List<Left> left = new ArrayList<>(draws.size());
        for (Draw draw : draws) {
            Left one = draw.share().of.left();
            if (one != null) {
                left.add(one);
            }
        }
        return new Result.Granted(left);
    }

    /** All of it or nothing. */
    private List<Draw> draws(Reservation asked, long now) {
        List<LeasedLimit> theirs = limits(asked.descriptors(), now);
        List<Draw> draws = new ArrayList<>(theirs.size());
        for (LeasedLimit limit : theirs) {
            long amount = asked.estimate().of(limit.descriptor());
            Share share = limit.with(amount, now);
            if (share != null) {
                draws.add(new Draw(share, amount));
            }
        }
        boolean enough = draws.size() == theirs.size();
        for (LeasedLimit limit : theirs) {
            enough &= !limit.wantsSample(now);
        }
        if (enough) {
            draws.forEach(draw -> draw.share().of.draw(draw.share(), draw.estimate(), this));
        }
        for (LeasedLimit limit : theirs) {
            limit.want(asked.estimate().of(limit.descriptor()), now, this);
        }
        return enough ? draws : List.of();
    }

    /** Empty if one of them isn't shared out: then the store is asked anyway. */
    private List<LeasedLimit> limits(List<Descriptor> descriptors, long now) {
        List<LeasedLimit> theirs = new ArrayList<>(descriptors.size());
        for (Descriptor descriptor : descriptors) {
            if (closed || !options.sharesOut(descriptor.limit())) {
                return List.of();
            }
            theirs.add(limit(descriptor, now));
        }
        return theirs;
    }

    private LeasedLimit limit(Descriptor descriptor, long now) {
        String key = descriptor.key();
        LeasedLimit known = limits.get(key);
        if (known != null && known.descriptor().equals(descriptor)) {
            return known;
        }
        if (known != null) {
            known.closeAll(this);
        }
        LeasedLimit fresh =
                new LeasedLimit(descriptor, options, options.settleAfterNanos(descriptor.limit(), reservation), now);
        limits.put(key, fresh);
        all.add(fresh);
        return fresh;
    }

    Descriptor lowered(Descriptor descriptor) {
        return options.lowered(descriptor);
    }

    /** The store has said what is left for all. */
    void seen(Left left) {
        LeasedLimit limit = limits.get(left.descriptor().key());
        if (limit != null) {
            limit.seen(left);
        }
    }

    /** What is left for a caller here, of what is left for all. */
    long available(Left left) {
        LeasedLimit limit = limits.get(left.descriptor().key());
        return limit == null ? left.available() : limit.available(left.available());
    }

    /** What the store should hear of what a vendor told: of calls it has seen, and of limits that aren't leased. */
    List<VendorObservation> tellable(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        Admitted told = attempt == null ? null : attempts.open(attempt);
        if (told == null || !told.here()) {
            return seen;
        }
        List<VendorObservation> tellable = new ArrayList<>(seen);
        tellable.removeIf(one -> limits.containsKey(one.descriptor().key()));
        return tellable;
    }

    /** The store didn't grant it. */
    void denied(AttemptId attempt) {
        attempts.end(attempt);
    }

    /** @return whether that is all; else the store has to hear of it */
    boolean end(AttemptId attempt, Ending ending) {
        Admitted ended = attempts.end(attempt);
        if (ended == null || !ended.here()) {
            return attempts.endedHere(attempt);
        }
        end(ended, ending);
        return true;
    }

    private void end(Admitted ended, Ending ending) {
        for (Draw draw : ended.draws()) {
            Share share = draw.share().present();
            long charged = ending.charged(new Hold(share.of.descriptor(), draw.estimate(), 0));
            if (!share.settled()) {
                share.end(draw.estimate(), charged);
                share.of.ended(share, this);
            } else if (charged > draw.estimate()) {
                steps.add(new Step.Owe(nextId(), share.of, charged - draw.estimate()));
            }
        }
    }

    void tick(long now) {
        for (LeasedLimit limit : List.copyOf(all)) {
            limit.tick(now, this);
            if (limit.isIdle()) {
                all.remove(limit);
                limits.remove(limit.descriptor().key(), limit);
            }
        }
        attempts.expire(now, one -> {
            end(one, new Ending.Expired());
            if (one.here()) {
                steps.add(new Step.Forget(one.asked()));
            }
        });
    }

    void ask(LeasedLimit limit, long size, long now) {
        steps.add(new Step.Ask(Share.fresh(nextId(), limit, size, now)));
    }

    /** @param left what the store then said is left */
    void granted(Share share, Left left, long now) {
        counts.leased(share.amount);
        if (closed || share.isOver(now)) {
            share.of.refused(now);
            settle(share);
        } else {
            share.of.granted(share, left);
        }
    }

    /** The store has no share to give, or gave one that isn't good enough: nobody may draw from it. */
    void refused(Share share, boolean giveBack, long now) {
        share.of.refused(now);
        if (giveBack) {
            steps.add(new Step.Settle(share, share.settle()));
        }
    }

    void carry(Share share) {
        steps.add(new Step.Carry(share, Share.carrierOf(share, nextId())));
    }

    /** The store has taken what is open of a share once more: now the share itself can go back. */
    void carried(Share share, Share carrier) {
        if (share.settled()) {
            notCarried(share, carrier, true);
        } else {
            share.of.carried(share, carrier, this);
        }
    }

    /** @param giveBack whether the store holds something for the carrier all the same */
    void notCarried(Share share, Share carrier, boolean giveBack) {
        share.of.notCarried(share, this);
        if (giveBack) {
            steps.add(new Step.Settle(carrier, carrier.settle()));
        }
    }

    void settle(Share share) {
        counts.returned(share.unused());
        steps.add(new Step.Settle(share, share.settle()));
    }

    /** Gives everything back; what is open stays charged at its estimate. From now on the store decides all. */
    void close() {
        closed = true;
        all.forEach(limit -> limit.settleAll(this));
    }

    ShareCounts counts() {
        return counts;
    }

    private AttemptId nextId() {
        return ShareName.of(instance, ids++);
    }
}
