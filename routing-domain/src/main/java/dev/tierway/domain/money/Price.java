package dev.tierway.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a replica charges, in pico-dollars per token: one dollar per million tokens is 1,000,000. Pictures are priced per
 * token too, since that is how vendors of chat models bill them.
 *
 * @param cachedInput null: cached input costs as much as input
 * @param cacheWrite null: writing the cache costs as much as input
 * @param cacheWriteHour writing the cache for an hour; null: unknown if writing it costs anything of its own, else as much as
 *     input
 * @param reasoning null: reasoning costs as much as other output
 * @param audioInput null: unknown; it is never what text costs
 * @param audioOutput null: unknown
 * @param imageInput null: pictures read cost as much as text
 * @param imageOutput null: unknown
 * @param longPrompt what is charged instead for a prompt beyond some size; null: the same for every size
 * @param version which price list it stands in, for the books; null if nobody says
 */
public record Price(
        long input,
        long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheWrite,
        @Nullable Long cacheWriteHour,
        @Nullable Long reasoning,
        @Nullable Long audioInput,
        @Nullable Long audioOutput,
        @Nullable Long imageInput,
        @Nullable Long imageOutput,
        @Nullable LongPrompt longPrompt,
        @Nullable String version) {
    public static final Price FREE = new Price(0, 0, null, null, null, 0L, 0L, null, 0L, null, null);
    private static final double PICO = 1e-12;
    private static final long PICO_PER_NANO = 1000;

    /**
     * Another price for the whole of a long prompt and its answer.
     *
     * @param above holds for prompts of more input tokens than that
     * @param price has no further step
     */
    public record LongPrompt(long above, Price price) {
        public LongPrompt {
            if (above < 1 || price.longPrompt != null) {
                throw new IllegalArgumentException("long-prompt: above must be 1 or more, and there is one such step");
            }
        }
    }

    public Price {
        if (input < 0
                || output < 0
                || negative(cachedInput)
                || negative(cacheWrite)
                || negative(cacheWriteHour)
                || negative(reasoning)
                || negative(audioInput)
                || negative(audioOutput)
                || negative(imageInput)
                || negative(imageOutput)) {
            throw new IllegalArgumentException("prices must not be negative");
        }
    }

    /** Nobody says what writing the cache for an hour costs. */
    public Price(
            long input,
            long output,
            @Nullable Long cachedInput,
            @Nullable Long cacheWrite,
            @Nullable Long reasoning,
            @Nullable Long audioInput,
            @Nullable Long audioOutput,
            @Nullable Long imageInput,
            @Nullable Long imageOutput,
            @Nullable LongPrompt longPrompt,
            @Nullable String version) {
        this(
                input,
                output,
                cachedInput,
                cacheWrite,
                null,
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                longPrompt,
                version);
    }

    /** The same, with what writing the cache for an hour costs. */
    public Price forAnHour(@Nullable Long picoPerToken) {
        return new Price(
                input,
                output,
                cachedInput,
                cacheWrite,
                picoPerToken,
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                longPrompt,
                version);
    }

    /** A price of text alone, of no price list. */
    public Price(long input, long output, @Nullable Long cachedInput, @Nullable Long cacheWrite) {
        this(input, output, cachedInput, cacheWrite, null, null, null, null, null, null, null);
    }

    private static boolean negative(@Nullable Long price) {
        return price != null && price < 0;
    }

    /** Pico-dollars per token for a price written in dollars per million tokens. */
    public static long picoPerToken(BigDecimal usdPerMillion) {
        return usdPerMillion.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    public static Price usdPerMillion(String input, String output) {
        return new Price(picoPerToken(new BigDecimal(input)), picoPerToken(new BigDecimal(output)), null, null);
    }

    /**
     * What that usage costs, rounded half up to a nano-dollar once; null if it holds tokens whose price is unknown.
     *
     * @throws ArithmeticException beyond nine million dollars
     */
    public @Nullable NanoUsd of(TokenUsage usage) {
        if (longPrompt != null && usage.input() > longPrompt.above) {
            return longPrompt.price.of(usage);
        }
        boolean hourUnknown = cacheWriteHour == null && cacheWrite != null && usage.cacheWriteHour() > 0;
        if (hourUnknown
                || unknown(audioInput, usage.audioInput())
                || unknown(audioOutput, usage.audioOutput())
                || unknown(imageOutput, usage.imageOutput())) {
            return null;
        }
        long pico = times(usage.plainInput(), input);
        pico = Math.addExact(pico, times(usage.cachedInput(), orElse(cachedInput, input)));
        pico = Math.addExact(pico, times(usage.cacheWrite() - usage.cacheWriteHour(), orElse(cacheWrite, input)));
        pico = Math.addExact(pico, times(usage.cacheWriteHour(), orElse(cacheWriteHour, input)));
        pico = Math.addExact(pico, times(usage.audioInput(), orElse(audioInput, input)));
        pico = Math.addExact(pico, times(usage.imageInput(), orElse(imageInput, input)));
        pico = Math.addExact(pico, times(usage.plainOutput(), output));
        pico = Math.addExact(pico, times(usage.reasoning(), orElse(reasoning, output)));
        pico = Math.addExact(pico, times(usage.audioOutput(), orElse(audioOutput, output)));
        pico = Math.addExact(pico, times(usage.imageOutput(), orElse(imageOutput, output)));
        return rounded(pico);
    }

    /**
     * What plain text costs, nothing of it cached or thought.
     *
     * @throws ArithmeticException beyond nine million dollars
     */
    public NanoUsd ofText(long inputTokens, long outputTokens) {
        return longPrompt != null && inputTokens > longPrompt.above
                ? longPrompt.price.ofText(inputTokens, outputTokens)
                : rounded(Math.addExact(times(inputTokens, input), times(outputTokens, output)));
    }

    /**
     * The most that many tokens of text can cost, whatever of them is cached or thought: never less than {@link #of}
     * says of no more tokens of text.
     *
     * @throws ArithmeticException beyond nine million dollars
     */
    public NanoUsd atMost(long inputTokens, long outputTokens) {
        if (longPrompt != null && inputTokens > longPrompt.above) {
            NanoUsd asLong = longPrompt.price.atMost(inputTokens, outputTokens);
            NanoUsd justBelow = atMost(longPrompt.above, outputTokens);
            return asLong.compareTo(justBelow) < 0 ? justBelow : asLong;
        }
        return rounded(Math.addExact(times(inputTokens, dearestInputHere()), times(outputTokens, dearestOutputHere())));
    }

    private static NanoUsd rounded(long pico) {
        return new NanoUsd(Math.addExact(pico, PICO_PER_NANO / 2) / PICO_PER_NANO);
    }

    private static boolean unknown(@Nullable Long price, long tokens) {
        return price == null && tokens > 0;
    }

    private static long times(long tokens, long price) {
        return Math.multiplyExact(tokens, price);
    }

    private static long orElse(@Nullable Long price, long otherwise) {
        return price == null ? otherwise : price;
    }

    /** Of both the dearest price of text, whatever its kind and size: an upper bound of what either may cost. */
    public Price dearerOf(Price other) {
        return new Price(
                Math.max(dearestInput(), other.dearestInput()),
                Math.max(dearestOutput(), other.dearestOutput()),
                null,
                null);
    }

    private long dearestInputHere() {
        long dearest = Math.max(input, Math.max(orElse(cachedInput, input), orElse(cacheWrite, input)));
        return Math.max(dearest, orElse(cacheWriteHour, input));
    }

    private long dearestOutputHere() {
        return Math.max(output, orElse(reasoning, output));
    }

    private long dearestInput() {
        long here = dearestInputHere();
        return longPrompt == null ? here : Math.max(here, longPrompt.price.dearestInput());
    }

    private long dearestOutput() {
        long here = dearestOutputHere();
        return longPrompt == null ? here : Math.max(here, longPrompt.price.dearestOutput());
    }

    /** Expected dollars for scoring: not exact, not for accounts. */
    public double expectedUsd(double inputTokens, double cachedTokens, double outputTokens) {
        if (longPrompt != null && inputTokens > longPrompt.above) {
            return longPrompt.price.expectedUsd(inputTokens, cachedTokens, outputTokens);
        }
        double cached = cachedInput == null ? input : cachedInput;
        return ((inputTokens - cachedTokens) * input + cachedTokens * cached + outputTokens * output) * PICO;
    }

    /** Every known unit changed in the same way; of no price list any more. */
    public Price each(LongUnaryOperator change) {
        return new Price(
                change.applyAsLong(input),
                change.applyAsLong(output),
                changed(cachedInput, change),
                changed(cacheWrite, change),
                changed(cacheWriteHour, change),
                changed(reasoning, change),
                changed(audioInput, change),
                changed(audioOutput, change),
                changed(imageInput, change),
                changed(imageOutput, change),
                longPrompt == null ? null : new LongPrompt(longPrompt.above, longPrompt.price.each(change)),
                null);
    }

    private static @Nullable Long changed(@Nullable Long price, LongUnaryOperator change) {
        return price == null ? null : (Long) change.applyAsLong(price);
    }

    /** The same, standing in that list. */
    public Price in(String list) {
        return new Price(
                input,
                output,
                cachedInput,
                cacheWrite,
                cacheWriteHour,
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                longPrompt,
                list);
    }
}
