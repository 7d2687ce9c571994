package dev.tierway.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
        assertThatThrownBy(() -> TokenUsage.reported(-1, 0)).hasMessage("token counts must not be negative");
        assertThatThrownBy(() -> new TokenUsage(10, 6, 5, 0, 0, TokenUsage.Counted.REPORTED))
                .hasMessage("a part of a token count exceeds the whole");
        assertThatThrownBy(() -> new TokenUsage(0, 0, 0, 1, 2, TokenUsage.Counted.REPORTED))
                .hasMessage("a part of a token count exceeds the whole");
        assertThat(TokenUsage.estimated(3, 4).total()).isEqualTo(7);
    }
}
