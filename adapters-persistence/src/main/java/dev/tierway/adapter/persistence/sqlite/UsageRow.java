package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.memory.KnownUsage;
import dev.tierway.adapter.persistence.memory.UsageKey;
import dev.tierway.domain.quota.ConcurrencyUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.LearnedUsage;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.RateUsage;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.WindowUsage;

/**
 * How much of a limit is used, as it is kept: by the wall clock, because a monotonic clock begins anew with its process.
 *
 * @param used a bucket's level, or what was spent in a calendar window
 * @param reserved held by open reservations; part of the level of a bucket
 * @param startMillis of a calendar window; 0 for a bucket, likewise its end
 * @param atMillis when that was used
 * @param restMillis when nothing is used any more if nobody uses more; {@link Long#MAX_VALUE} if never
 */
record UsageRow(
        UsageKey key,
        long amount,
        long burst,
        long used,
        long reserved,
        long carry,
        long startMillis,
        long endMillis,
        long atMillis,
        long restMillis) {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Further back than any bucket remembers, and near enough to count in nanoseconds. */
    private static final long LONGEST_MILLIS = 100L * 366 * 24 * 3600 * 1000;

    /** @throws IllegalArgumentException if that limit is kept in memory only */
    static UsageRow of(Descriptor descriptor, Usage usage, QuotaTime now) {
        Limit limit = descriptor.limit();
        UsageKey key = UsageKey.of(descriptor);
        return switch (usage) {
            case RateUsage rate -> {
                long at = now.epochMillis() + (rate.atNanos() - now.nanos()) / NANOS_PER_MILLI;
                yield new UsageRow(
                        key,
                        limit.amount(),
                        limit.burst(),
                        rate.level(),
                        0,
                        rate.carry(),
                        0,
                        0,
                        at,
                        later(at, rate.restNanos(limit)));
            }
            case WindowUsage window ->
                new UsageRow(
                        key,
                        limit.amount(),
                        limit.burst(),
                        window.spent(),
                        window.reserved(),
                        0,
                        window.startMillis(),
                        window.endMillis(),
                        window.atMillis(),
                        window.used() == 0 ? window.atMillis() : window.endMillis());
            case ConcurrencyUsage none -> throw inMemory(descriptor);
            case LearnedUsage none -> throw inMemory(descriptor);
        };
    }

    private static IllegalArgumentException inMemory(Descriptor descriptor) {
        return new IllegalArgumentException(descriptor.key() + " is kept in memory only");
    }

    private static long later(long millis, long nanos) {
        return nanos == Usage.NEVER ? Long.MAX_VALUE : millis + nanos / NANOS_PER_MILLI + 1;
    }

    /** As it is in a new process: what was reserved by the one before stays charged. */
    KnownUsage known(QuotaTime now) {
        Limit limit = new Limit(key.dimension(), amount, key.window(), burst);
        if (Period.of(limit) != null) {
            long spent = Math.min(used + reserved, Usage.MOST);
            return new KnownUsage(key.owner(), limit, new WindowUsage(startMillis, endMillis, spent, 0, atMillis));
        }
        long elapsed = Math.clamp(now.epochMillis() - atMillis, 0, LONGEST_MILLIS);
        return new KnownUsage(
                key.owner(), limit, new RateUsage(used, carry, 0, now.nanos() - elapsed * NANOS_PER_MILLI));
    }
}
