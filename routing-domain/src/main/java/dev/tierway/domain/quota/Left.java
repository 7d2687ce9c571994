package dev.tierway.domain.quota;

/**
 * What is left of a limit.
 *
 * @param available how much may be used right now
 * @param restNanos when nothing is used any more if nobody uses more; {@link Usage#NEVER} if that depends on others' calls
 * @param exceeded more than the limit is in use: debt, or a limit that isn't enforced
 */
public record Left(Descriptor descriptor, long available, long restNanos, boolean exceeded) {
    /** Of a usage brought to the present. */
    public static Left of(Descriptor descriptor, Usage usage) {
        Limit limit = descriptor.limit();
        return new Left(descriptor, usage.available(limit), usage.restNanos(limit), usage.used() > limit.burst());
    }
}
