package dev.tierway.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class NanoUsdTest {
    @Test
    void dollars_are_rounded_half_up_to_a_billionth() {
        assertThat(NanoUsd.ofUsd(new BigDecimal("0.0000000014"))).isEqualTo(new NanoUsd(1));
        assertThat(NanoUsd.ofUsd(new BigDecimal("0.0000000015"))).isEqualTo(new NanoUsd(2));
        assertThat(NanoUsd.ofUsd(new BigDecimal("3.5"))).isEqualTo(new NanoUsd(3_500_000_000L));
    }

    @Test
    void more_dollars_than_a_long_holds_are_refused() {
        assertThatThrownBy(() -> NanoUsd.ofUsd(new BigDecimal("9223372037"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void sums_and_differences_are_exact() {
        assertThat(new NanoUsd(3).plus(new NanoUsd(4))).isEqualTo(new NanoUsd(7));
        assertThat(new NanoUsd(3).minus(new NanoUsd(4))).isEqualTo(new NanoUsd(-1));
    }

    @Test
    void sums_and_differences_beyond_a_long_are_refused_not_wrapped() {
        assertThatThrownBy(() -> new NanoUsd(Long.MAX_VALUE).plus(new NanoUsd(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new NanoUsd(Long.MIN_VALUE).minus(new NanoUsd(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void is_told_in_dollars_to_scores_and_gauges() {
        assertThat(new NanoUsd(2_500_000_000L).asUsd()).isEqualTo(2.5);
    }

    @Test
    void is_shown_as_a_plain_decimal_without_trailing_zeros() {
        assertThat(new NanoUsd(5_535_000).toDecimalString()).isEqualTo("0.005535");
        assertThat(new NanoUsd(1).toDecimalString()).isEqualTo("0.000000001");
        assertThat(new NanoUsd(40_000_000_000L).toDecimalString()).isEqualTo("40");
        assertThat(new NanoUsd(-1_500_000_000L).toDecimalString()).isEqualTo("-1.5");
        assertThat(NanoUsd.ZERO.toDecimalString()).isEqualTo("0");
        assertThat(new NanoUsd(1_000_000_000L)).hasToString("1 USD");
    }

    @Test
    void compares_by_amount() {
        assertThat(new NanoUsd(3)).isLessThan(new NanoUsd(4)).isEqualByComparingTo(new NanoUsd(3));
        assertThat(new NanoUsd(5)).isGreaterThan(new NanoUsd(4));
    }
}
