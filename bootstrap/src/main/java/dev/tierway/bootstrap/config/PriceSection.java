package dev.tierway.bootstrap.config;

import dev.tierway.domain.money.Price;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** {@code price} of a replica. */
final class PriceSection {
    private static final ScalarShape<BigDecimal> USD = Quantities.amount("dollars per million tokens");
    private static final String UNKNOWN = "unknown: an attempt that uses such tokens has no known cost";

    static final Key<BigDecimal> INPUT = Key.required("input", USD, "Input tokens.");
    static final Key<BigDecimal> OUTPUT = Key.required("output", USD, "Output tokens.");
    static final Key<BigDecimal> CACHED_INPUT = Key.optional(
                    "cached-input", USD, "Input tokens read from the vendor's prompt cache.")
            .absentMeans("as `input`");
    static final Key<BigDecimal> CACHE_WRITE = Key.optional(
                    "cache-write", USD, "Input tokens written to the vendor's prompt cache.")
            .absentMeans("as `input`");
    static final Key<BigDecimal> CACHE_WRITE_HOUR = Key.optional(
                    "cache-write-1h", USD, "Input tokens written to the vendor's prompt cache for an hour.")
            .absentMeans(
                    "as `input` if `cache-write` is absent too; else unknown: an attempt that uses such tokens has no"
                            + " known cost");
    static final Key<BigDecimal> REASONING =
            Key.optional("reasoning", USD, "Output tokens spent on reasoning.").absentMeans("as `output`");
    static final Key<BigDecimal> AUDIO_INPUT =
            Key.optional("audio-input", USD, "Input tokens of sound.").absentMeans(UNKNOWN);
    static final Key<BigDecimal> AUDIO_OUTPUT =
            Key.optional("audio-output", USD, "Output tokens of sound.").absentMeans(UNKNOWN);
    static final Key<BigDecimal> IMAGE_INPUT = Key.optional(
                    "image-input", USD, "Input tokens of pictures, where the vendor reports them apart.")
            .absentMeans("as `input`");
    static final Key<BigDecimal> IMAGE_OUTPUT =
            Key.optional("image-output", USD, "Output tokens of pictures.").absentMeans(UNKNOWN);

    static final Key<Integer> ABOVE = Key.required(
            "above", Quantities.smallCount(1, 1_000_000_000), "Holds for prompts of more input tokens than that.");

    static final Key<String> LIST = Key.optional(
                    "list", Scalars.TEXT, "The price list it stands in, as the ledger names it.")
            .absentMeans("`config:` and a checksum of the price");

    private static final List<Key<?>> UNITS = List.of(
            INPUT,
            OUTPUT,
            CACHED_INPUT,
            CACHE_WRITE,
            CACHE_WRITE_HOUR,
            REASONING,
            AUDIO_INPUT,
            AUDIO_OUTPUT,
            IMAGE_INPUT,
            IMAGE_OUTPUT);

    static final Section<Price.LongPrompt> OF_LONG_PROMPT = Section.of(
            "long-prompt",
            "What is charged instead, for the whole of a long prompt and its answer.",
            with(ABOVE),
            v -> new Price.LongPrompt(v.value(ABOVE), price(v, null)));

    static final Key<Price.LongPrompt> LONG_PROMPT = Key.optional(
                    "long-prompt", OF_LONG_PROMPT, "Another price for prompts beyond some size.")
            .absentMeans("the same for every size");

    static final Section<Price> SECTION = Section.of(
            "price",
            "What a replica charges, in US dollars per million tokens. Leave it out if you don't know: an unknown"
                    + " price is never taken for zero.",
            with(LONG_PROMPT, LIST),
            v -> listed(price(v, v.get(LONG_PROMPT)), v.get(LIST)));

    private PriceSection() {}

    private static List<Key<?>> with(Key<?>... others) {
        List<Key<?>> keys = new ArrayList<>(UNITS);
        keys.addAll(List.of(others));
        return keys;
    }

    private static Price price(Values v, Price.@Nullable LongPrompt longPrompt) {
        return new Price(
                Price.picoPerToken(v.value(INPUT)),
                Price.picoPerToken(v.value(OUTPUT)),
                pico(v.get(CACHED_INPUT)),
                pico(v.get(CACHE_WRITE)),
                pico(v.get(CACHE_WRITE_HOUR)),
                pico(v.get(REASONING)),
                pico(v.get(AUDIO_INPUT)),
                pico(v.get(AUDIO_OUTPUT)),
                pico(v.get(IMAGE_INPUT)),
                pico(v.get(IMAGE_OUTPUT)),
                longPrompt,
                null);
    }

    private static @Nullable Long pico(@Nullable BigDecimal usdPerMillion) {
        return usdPerMillion == null ? null : Price.picoPerToken(usdPerMillion);
    }

    /** Named by what it says, so that the same price has the same name in every process and after every restart. */
    private static Price listed(Price price, @Nullable String list) {
        if (list != null) {
            return price.in(list);
        }
        CRC32 sum = new CRC32();
        sum.update(price.toString().getBytes(StandardCharsets.UTF_8));
        return price.in("config:" + HexFormat.of().toHexDigits((int) sum.getValue()));
    }
}
