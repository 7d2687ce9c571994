package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * One window of a shared limit, as far as it is known. Null is unknown.
 *
 * @param owner whose limit it is: {@code domain:ID} of a quota domain, {@code vendor:PROVIDER/MODEL} of a vendor's own
 * @param dimension requests | tokens | input-tokens | output-tokens | concurrency
 * @param windowMillis its length
 * @param used of the limit
 * @param resetsInMillis until it is whole again, or until what is known expires
 * @param source own: by our accounts | vendor: by its answers
 */
public record WindowStatus(
        String owner,
        String dimension,
        @Nullable Long windowMillis,
        @Nullable Long limit,
        long remaining,
        @Nullable Long used,
        @Nullable Long resetsInMillis,
        String source) {}
