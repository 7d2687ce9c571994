package dev.tierway.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Exact amounts. */
class MoneyProperties {
    @Example
    void a_price_is_written_per_million_tokens_not_per_thousand() {
        Price price = Price.usdPerMillion("3.00", "15.00");

        assertThat(price.of(TokenUsage.reported(1_000_000, 0)).toDecimalString())
                .isEqualTo("3");
        assertThat(price.of(TokenUsage.reported(1000, 100)).toDecimalString()).isEqualTo("0.0045");
    }

    @Example
    void cached_input_and_cache_writes_have_prices_of_their_own_else_the_inputs() {
        TokenUsage usage = new TokenUsage(1000, 400, 100, 0, 0, TokenUsage.Counted.REPORTED);

        assertThat(new Price(1000, 0, 100L, 2000L).of(usage).value()).isEqualTo(500 + 40 + 200);
        assertThat(new Price(1000, 0, null, null).of(usage).value()).isEqualTo(1000);
    }

    @Example
    void every_kind_of_token_is_billed_once_at_its_own_price() {
        Price price = new Price(1000, 10_000, 100L, 2000L, 20_000L, 3000L, 30_000L, 4000L, 40_000L, null, "list");
        TokenUsage usage = new TokenUsage(100, 10, 20, 30, 15, 60, 5, 6, 7, TokenUsage.Counted.REPORTED);

        assertThat(usage.plainInput()).isEqualTo(25);
        assertThat(usage.plainOutput()).isEqualTo(42);
        assertThat(price.of(usage).value())
                .isEqualTo(25 + 10 / 10 + 20 * 2 + 30 * 3 + 15 * 4 + 42 * 10 + 5 * 20 + 6 * 30 + 7 * 40);
    }

    @Example
    void reasoning_costs_as_much_as_other_output_and_pictures_as_much_as_text_unless_they_have_a_price() {
        Price price = new Price(1000, 2000, null, null);
        TokenUsage usage = new TokenUsage(10, 0, 0, 0, 10, 5, 5, 0, 0, TokenUsage.Counted.REPORTED);

        assertThat(price.of(usage).value()).isEqualTo(20);
    }

    @Example
    void sound_and_drawn_pictures_without_a_price_make_the_cost_unknown_instead_of_zero() {
        Price text = new Price(1000, 2000, null, null);

        assertThat(text.of(media(1, 0, 0))).isNull();
        assertThat(text.of(media(0, 1, 0))).isNull();
        assertThat(text.of(media(0, 0, 1))).isNull();
        assertThat(text.of(media(0, 0, 0))).isEqualTo(new NanoUsd(30));
        assertThat(Price.FREE.of(media(1, 1, 1))).isEqualTo(NanoUsd.ZERO);
    }

    private static TokenUsage media(long heard, long spoken, long drawn) {
        return new TokenUsage(10, 0, 0, heard, 0, 10, 0, spoken, drawn, TokenUsage.Counted.REPORTED);
    }

    @Property
    void no_answer_of_text_costs_more_than_the_most_that_was_foreseen(
            @ForAll("prices") Price price,
            @ForAll @LongRange(min = 0, max = 1_000_000) long input,
            @ForAll @LongRange(min = 0, max = 1_000_000) long output,
            @ForAll @DoubleRange(min = 0, max = 1) double cached,
            @ForAll @DoubleRange(min = 0, max = 1) double written,
            @ForAll @DoubleRange(min = 0, max = 1) double thought) {
        long read = (long) (input * cached);
        long write = (long) ((input - read) * written);
        TokenUsage usage = new TokenUsage(
                        input, read, write, output, (long) (output * thought), TokenUsage.Counted.REPORTED)
                .keptForAnHour(price.cacheWriteHour() == null ? 0 : write / 2);

        assertThat(price.atMost(input, output)).isGreaterThanOrEqualTo(price.of(usage));
        assertThat(price.ofText(input, output)).isEqualTo(price.of(TokenUsage.estimated(input, output)));
    }

    @Provide
    Arbitrary<Price> prices() {
        Arbitrary<Long> unit = Arbitraries.longs().between(0, 100_000_000);
        Arbitrary<Long> maybe = unit.injectNull(0.3);
        return Combinators.combine(unit, unit, maybe, maybe, maybe, maybe)
                .as((in, out, cached, write, hour, thought) -> new Price(
                                in, out, cached, write, thought, null, null, null, null, step(in, out, hour), null)
                        .forAnHour(hour));
    }

    private static Price.LongPrompt step(long seed, long above, Long price) {
        return price == null
                ? null
                : new Price.LongPrompt(1 + above % 1_000_000, new Price(price, seed, null, null).forAnHour(seed));
    }

    @Example
    void a_long_prompt_costs_another_price_from_its_first_token_on() {
        Price price = stepped(2_000_000, 10_000_000, 4_000_000, 15_000_000);

        assertThat(price.of(TokenUsage.reported(200_000, 10)).toDecimalString()).isEqualTo("0.4001");
        assertThat(price.of(TokenUsage.reported(200_001, 10)).toDecimalString()).isEqualTo("0.800154");
        assertThat(price.expectedUsd(200_000, 0, 10)).isCloseTo(0.4001, within(1e-9));
        assertThat(price.expectedUsd(200_001, 0, 10)).isCloseTo(0.800154, within(1e-9));
        assertThat(price.each(unit -> unit * 2)
                        .of(TokenUsage.reported(200_001, 10))
                        .toDecimalString())
                .isEqualTo("1.600308");
        assertThat(stepped(2, 2, 1, 1).atMost(200_001, 0))
                .isEqualTo(stepped(2, 2, 1, 1).atMost(200_000, 0));
        assertThatThrownBy(() -> new Price.LongPrompt(0, Price.FREE)).hasMessageContaining("above must be 1 or more");
        assertThatThrownBy(() -> new Price.LongPrompt(1, price)).hasMessageContaining("one such step");
    }

    private static Price stepped(long input, long output, long longInput, long longOutput) {
        Price beyond = new Price(longInput, longOutput, null, null);
        return new Price(
                input, output, null, null, null, null, null, null, null, new Price.LongPrompt(200_000, beyond), null);
    }

    @Example
    void a_changed_price_stands_in_no_list_any_more() {
        Price price = new Price(1, 2, 3L, null, 5L, 6L, 7L, 8L, null, null, null).in("catalogue:2026-11-20");

        assertThat(price.version()).isEqualTo("catalogue:2026-11-20");
        assertThat(price.each(unit -> unit * 10))
                .isEqualTo(new Price(10, 20, 30L, null, 50L, 60L, 70L, 80L, null, null, null));
    }

    @Property
    void is_rounded_half_up_once_per_attempt(
            @ForAll @LongRange(min = 0, max = 100_000_000) long pico,
            @ForAll @LongRange(min = 0, max = 1_000_000) long tokens) {
        long exact = new BigDecimal(BigInteger.valueOf(pico).multiply(BigInteger.valueOf(tokens)))
                .movePointLeft(3)
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .longValueExact();

        assertThat(new Price(pico, 0, null, null)
                        .of(TokenUsage.reported(tokens, 0))
                        .value())
                .isEqualTo(exact);
    }

    @Property
    void what_is_expected_for_scores_is_what_it_would_cost(
            @ForAll @LongRange(min = 0, max = 100_000) long input,
            @ForAll @LongRange(min = 0, max = 100_000) long output) {
        Price price = Price.usdPerMillion("2.5", "10");

        assertThat(price.expectedUsd(input, 0, output))
                .isCloseTo(price.of(TokenUsage.reported(input, output)).asUsd(), within(1e-8));
    }

    @Property
    void shows_as_a_plain_decimal_that_reads_back(@ForAll long nano) {
        NanoUsd amount = new NanoUsd(nano);

        assertThat(NanoUsd.ofUsd(new BigDecimal(amount.toDecimalString()))).isEqualTo(amount);
        assertThat(amount.toDecimalString()).doesNotContain("E");
        assertThat(amount).hasToString(amount.toDecimalString() + " USD");
    }

    @Example
    void adds_and_compares_exactly_and_refuses_to_overflow() {
        NanoUsd most = new NanoUsd(Long.MAX_VALUE);

        assertThat(new NanoUsd(3).plus(new NanoUsd(4)).minus(new NanoUsd(5))).isEqualTo(new NanoUsd(2));
        assertThat(new NanoUsd(3)).isLessThan(new NanoUsd(4));
        assertThat(NanoUsd.ZERO.toDecimalString()).isEqualTo("0");
        assertThatThrownBy(() -> most.plus(new NanoUsd(1))).isInstanceOf(ArithmeticException.class);
    }

    @Example
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new Price(-1, 0, null, null)).hasMessage("prices must not be negative");
        assertThatThrownBy(() -> new Price(0, 0, -1L, null)).hasMessage("prices must not be negative");
        for (int unit = 0; unit < 7; unit++) {
            Long[] units = {0L, 0L, 0L, 0L, 0L, 0L, 0L};
            units[unit] = -1L;
            assertThatThrownBy(() -> new Price(
                            0, 0, units[0], units[1], units[2], units[3], units[4], units[5], units[6], null, null))
                    .hasMessage("prices must not be negative");
        }
        assertThatThrownBy(() -> TokenUsage.reported(-1, 0)).hasMessage("token counts must not be negative");
        assertThatThrownBy(() -> new TokenUsage(10, 6, 5, 0, 0, TokenUsage.Counted.REPORTED))
                .hasMessage("a part of a token count exceeds the whole");
        assertThatThrownBy(() -> new TokenUsage(0, 0, 0, 1, 2, TokenUsage.Counted.REPORTED))
                .hasMessage("a part of a token count exceeds the whole");
        assertThatThrownBy(() -> new TokenUsage(10, 3, 3, 3, 2, 0, 0, 0, 0, TokenUsage.Counted.REPORTED))
                .hasMessage("a part of a token count exceeds the whole");
        assertThatThrownBy(() -> new TokenUsage(0, 0, 0, 0, 0, 10, 4, 4, 3, TokenUsage.Counted.REPORTED))
                .hasMessage("a part of a token count exceeds the whole");
        assertThatThrownBy(() -> new TokenUsage(9, 0, 0, -1, 0, 9, 0, 0, 0, TokenUsage.Counted.REPORTED))
                .hasMessage("token counts must not be negative");
        assertThatThrownBy(() -> new TokenUsage(9, 0, 0, 0, 0, 9, 0, 0, -1, TokenUsage.Counted.REPORTED))
                .hasMessage("token counts must not be negative");
        assertThat(TokenUsage.estimated(3, 4).total()).isEqualTo(7);
    }
}
