package dev.tierway.domain.quota;

/**
 * How much of one limit is used: an immutable state that stores keep per {@link Descriptor#key()}. Limits are not part of it;
 * they travel with the descriptors, so that a changed limit applies to what was already used.
 *
 * <p>Amounts are 0 or more, at most {@link #MOST}. All but {@link #at} expect a state already brought to the present.
 */
public sealed interface Usage permits RateUsage, WindowUsage, ConcurrencyUsage, LearnedUsage {
    /** The wait of what can never be granted. */
    long NEVER = Long.MAX_VALUE;

    /** The wait for what depends on others' calls: nobody knows when they end, so it is worth asking again soon. */
    long SOON_NANOS = 1_000_000_000;

    /** Where usage stops growing, so that debt upon debt can't overflow. */
    long MOST = Long.MAX_VALUE / 4;

    /** Nothing used: rates leak, money is counted by calendar windows, concurrency is held. */
    static Usage none(Limit limit) {
        if (limit.dimension() == Dimension.CONCURRENCY) {
            return ConcurrencyUsage.NONE;
        }
        if (limit.isLearned()) {
            return LearnedUsage.UNKNOWN;
        }
        return Period.of(limit) == null ? RateUsage.NONE : WindowUsage.NONE;
    }

    /** This usage at that time: leaked, or begun anew. A time before the latest seen changes nothing. */
    Usage at(Limit limit, QuotaTime time);

    /** Nanoseconds until that much more may be used: 0 is now, {@link #NEVER} is never. */
    long waitNanos(Limit limit, long amount);

    /** That much more used. */
    Usage plus(long amount);

    /** Where the newest amount stands; the {@link Hold} on it remembers this. */
    long mark();

    /**
     * Replaces what a hold took by what is finally charged. More than was held is debt; of less, no more is given back than is
     * still there.
     */
    Usage settled(Hold hold, long charged);

    /** How much is used or held now. */
    long used();

    /** How much may be used right now. */
    long available(Limit limit);

    /** Nanoseconds until nothing is used any more if nobody uses more; {@link #NEVER} if that depends on others' calls. */
    long restNanos(Limit limit);

    /** Whether forgetting this usage would change nothing. */
    default boolean atRest() {
        return used() == 0;
    }
}
