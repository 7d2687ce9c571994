package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one instance may do alone: of rates and concurrency its share, the limit divided by the instances, at least 1. Learned
 * limits and money that is only watched stay whole; enforced money has no share.
 */
record LocalShare(int instances) {
    /** The first limit that must not be exceeded and that nobody can check alone. */
    static @Nullable Descriptor closed(List<Descriptor> descriptors) {
        for (Descriptor descriptor : descriptors) {
            if (isMoney(descriptor) && descriptor.enforced()) {
                return descriptor;
            }
        }
        return null;
    }

    static boolean isMoney(Descriptor descriptor) {
        return descriptor.limit().dimension() == Dimension.MONEY;
    }

    /**
     * What of a reservation the store has to hear of later, as limits that deny nothing: it was used already.
     *
     * @param ageNanos how long ago it was made: what was used of a rate longer ago than its window has come back
     * @return null: nothing
     */
    static @Nullable Reservation used(Reservation asked, long ageNanos) {
        List<Descriptor> used = new ArrayList<>(asked.descriptors().size());
        for (Descriptor one : asked.descriptors()) {
            Limit limit = one.limit();
            boolean rate = limit.dimension() != Dimension.CONCURRENCY
                    && !limit.isLearned()
                    && limit.window().toNanos() > ageNanos;
            if (isMoney(one) || rate) {
                used.add(new Descriptor(one.owner(), one.side(), limit, false, one.reserves()));
            }
        }
        return used.isEmpty() ? null : new Reservation(used, asked.estimate(), asked.memo());
    }

    Reservation of(Reservation asked) {
        List<Descriptor> shares = new ArrayList<>(asked.descriptors().size());
        for (Descriptor descriptor : asked.descriptors()) {
            shares.add(of(descriptor));
        }
        return new Reservation(shares, asked.estimate(), asked.memo());
    }

    Descriptor of(Descriptor descriptor) {
        Limit limit = descriptor.limit();
        if (instances == 1 || isMoney(descriptor) || limit.isLearned()) {
            return descriptor;
        }
        Limit share = new Limit(
                limit.dimension(),
                Math.max(1, limit.amount() / instances),
                limit.window(),
                Math.max(1, limit.burst() / instances));
        return new Descriptor(
                descriptor.owner(), descriptor.side(), share, descriptor.enforced(), descriptor.reserves());
    }
}
