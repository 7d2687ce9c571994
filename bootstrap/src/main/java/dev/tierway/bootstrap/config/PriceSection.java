package dev.tierway.bootstrap.config;

import dev.tierway.domain.money.Price;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code price} of a replica. */
final class PriceSection {
    private static final ScalarShape<BigDecimal> USD = Quantities.amount("dollars per million tokens");

    static final Key<BigDecimal> INPUT = Key.required("input", USD, "Input tokens.");
    static final Key<BigDecimal> OUTPUT = Key.required("output", USD, "Output tokens, reasoning included.");
    static final Key<BigDecimal> CACHED_INPUT = Key.optional(
                    "cached-input", USD, "Input tokens read from the vendor's prompt cache.")
            .absentMeans("as `input`");
    static final Key<BigDecimal> CACHE_WRITE = Key.optional(
                    "cache-write", USD, "Input tokens written to the vendor's prompt cache.")
            .absentMeans("as `input`");

    static final Section<Price> SECTION = Section.of(
            "price",
            "What a replica charges, in US dollars per million tokens. Leave it out if you don't know: an unknown"
                    + " price is never taken for zero.",
            List.of(INPUT, OUTPUT, CACHED_INPUT, CACHE_WRITE),
            v -> new Price(
                    Price.picoPerToken(v.value(INPUT)),
                    Price.picoPerToken(v.value(OUTPUT)),
                    pico(v.get(CACHED_INPUT)),
                    pico(v.get(CACHE_WRITE))));

    private PriceSection() {}

    private static @Nullable Long pico(@Nullable BigDecimal usdPerMillion) {
        return usdPerMillion == null ? null : Price.picoPerToken(usdPerMillion);
    }
}
