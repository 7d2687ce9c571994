package dev.tierway.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PriceTest {
    /** Picodollars per token that tell the four kinds apart in a sum. */
    private static final Price FOUR = new Price(1_000_000, 10_000_000, 100_000L, 2_000_000L);

    @Test
    void dollars_per_million_tokens_are_rounded_half_up_to_picodollars_per_token() {
        assertThat(Price.picoPerToken(new BigDecimal("3.75"))).isEqualTo(3_750_000);
        assertThat(Price.picoPerToken(new BigDecimal("0.0000014"))).isEqualTo(1);
        assertThat(Price.picoPerToken(new BigDecimal("0.0000015"))).isEqualTo(2);
    }

    @Test
    void each_kind_of_token_is_charged_once_at_its_own_price() {
        TokenUsage usage = new TokenUsage(100, 30, 20, 7, 3, TokenUsage.Counted.REPORTED);

        // 50 plain at 1000 nano-dollars, 30 cached at 100, 20 written at 2000, 7 out at 10000.
        assertThat(FOUR.of(usage)).isEqualTo(new NanoUsd(50_000 + 3_000 + 40_000 + 70_000));
    }

    @Test
    void cache_reads_and_writes_without_a_price_of_their_own_cost_what_input_costs() {
        TokenUsage usage = new TokenUsage(100, 30, 20, 0, 0, TokenUsage.Counted.REPORTED);

        assertThat(new Price(1_000_000, 0, null, null).of(usage)).isEqualTo(new NanoUsd(100_000));
    }

    @Test
    void half_a_nanodollar_is_charged_as_one() {
        assertThat(new Price(499, 0, null, null).of(TokenUsage.reported(1, 0))).isEqualTo(NanoUsd.ZERO);
        assertThat(new Price(500, 0, null, null).of(TokenUsage.reported(1, 0))).isEqualTo(new NanoUsd(1));
    }

    @Test
    void more_than_money_can_count_is_refused_not_wrapped() {
        assertThatThrownBy(() -> new Price(Long.MAX_VALUE, 0, null, null).of(TokenUsage.reported(2, 0)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(
                        () -> new Price(Long.MAX_VALUE / 2, Long.MAX_VALUE, null, null).of(TokenUsage.reported(1, 1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void what_is_expected_splits_the_input_into_cached_and_other() {
        assertThat(FOUR.expectedUsd(100, 30, 7)).isCloseTo(70e-6 + 3e-6 + 70e-6, within(1e-15));
        assertThat(new Price(1_000_000, 0, null, null).expectedUsd(100, 30, 7)).isCloseTo(100e-6, within(1e-15));
    }

    @Test
    void nothing_costs_less_than_nothing() {
        assertNegative(-1, 0, null, null);
        assertNegative(0, -1, null, null);
        assertNegative(0, 0, -1L, null);
        assertNegative(0, 0, null, -1L);
        assertThat(new Price(0, 0, 0L, 0L).of(new TokenUsage(9, 3, 3, 9, 0, TokenUsage.Counted.REPORTED)))
                .isEqualTo(NanoUsd.ZERO);
    }

    private static void assertNegative(long input, long output, Long cachedInput, Long cacheWrite) {
        assertThatThrownBy(() -> new Price(input, output, cachedInput, cacheWrite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prices must not be negative");
    }
}
