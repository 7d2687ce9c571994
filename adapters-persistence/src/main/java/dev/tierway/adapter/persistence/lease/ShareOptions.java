package dev.tierway.adapter.persistence.lease;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.time.Duration;

/**
 * Which limits are shared out, and how much of them. The same for all instances on a store.
 *
 * @param size most of a limit's burst that one instance holds unused, 0 to 1
 * @param life how long a share admits after it was asked for
 */
public record ShareOptions(double size, Duration life) {
    public static final Duration LIFE = Duration.ofSeconds(1);

    /** Smaller shares save too little. */
    private static final long LEAST = 16;

    /** At most a sixteenth of the burst is lost to what leaks while a share lives. */
    private static final long EARLY_PARTS = 16;

    /** Vendors count by the minute, most of them. */
    private static final long LEARNED_NANOS = Duration.ofSeconds(45).toNanos();

    public ShareOptions {
        if (!(size > 0 && size <= 1) || !life.isPositive()) {
            throw new IllegalArgumentException("a share's size is above 0 and at most 1, and it lives for a while");
        }
    }

    /** Whether calls may be admitted from a share of it: of large rates, and of what only the vendor knows. */
    boolean sharesOut(Limit limit) {
        return switch (limit.dimension()) {
            case CONCURRENCY, MONEY -> false;
            case REQUESTS, TOKENS, INPUT_TOKENS, OUTPUT_TOKENS ->
                limit.isLearned()
                        || (Period.of(limit) == null
                                && most(limit) >= LEAST
                                && early(limit) <= limit.burst() / EARLY_PARTS);
        };
    }

    /** Most of it that one instance holds unused. */
    long most(Limit limit) {
        return (long) (limit.burst() * size);
    }

    /** What leaks of it while a share lives, rounded up. */
    private long early(Limit limit) {
        return (long) Math.ceil(
                (double) limit.amount() * life.toNanos() / limit.window().toNanos());
    }

    /**
     * The limit as the store is told it. What is admitted from a share was taken up to its life earlier, and may have leaked
     * since; with that much less of a burst the bound is B + L·t/W all the same.
     */
    Descriptor lowered(Descriptor descriptor) {
        Limit limit = descriptor.limit();
        if (!sharesOut(limit) || limit.isLearned()) {
            return descriptor;
        }
        Limit lower = new Limit(limit.dimension(), limit.amount(), limit.window(), limit.burst() - early(limit));
        return of(descriptor, lower, descriptor.enforced());
    }

    /** The same limit, counted but never in the way. */
    static Descriptor counted(Descriptor descriptor) {
        return of(descriptor, descriptor.limit(), false);
    }

    private static Descriptor of(Descriptor descriptor, Limit limit, boolean enforced) {
        return new Descriptor(descriptor.owner(), descriptor.side(), limit, enforced, descriptor.reserves());
    }

    /**
     * When a share is settled although calls admitted from it go on: before what they didn't use would have leaked from a full
     * bucket.
     */
    long settleAfterNanos(Limit limit, Duration reservation) {
        long latest = reservation.toNanos() / 2;
        if (limit.isLearned()) {
            return Math.min(latest, Math.max(2 * life.toNanos(), LEARNED_NANOS));
        }
        double drained = (double) limit.window().toNanos() * limit.burst() / limit.amount();
        return Math.min(latest, Math.max(2 * life.toNanos(), (long) Math.min(latest, drained * 3 / 4)));
    }
}
