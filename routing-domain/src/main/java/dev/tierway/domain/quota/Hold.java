package dev.tierway.domain.quota;

/**
 * What a reservation took of one limit.
 *
 * @param amount how much
 * @param mark where it stands in the usage, see {@link Usage#mark()}
 */
public record Hold(Descriptor descriptor, long amount, long mark) {
    /** Whether it belongs to the call, not to its attempt: the caller's concurrency is kept until the call finishes. */
    public boolean untilCallEnds() {
        return descriptor.side() == Side.CALLER && descriptor.limit().dimension() == Dimension.CONCURRENCY;
    }
}
