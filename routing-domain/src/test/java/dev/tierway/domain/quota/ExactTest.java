package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactTest {
    @Test
    void a_quotient_is_rounded_down() {
        assertThat(Exact.divided(7, 3, 0, 10)).isEqualTo(2);
        assertThat(Exact.divided(7, 3, 9, 10)).isEqualTo(3);
        assertThat(Exact.divided(7, 3, -2, 10)).isEqualTo(1);
        assertThat(Exact.divided(0, 3, 0, 10)).isZero();
    }

    @Test
    void a_product_of_more_than_63_bits_is_exact() {
        long big = 1L << 40;
        assertThat(Exact.divided(big, big, 0, big)).isEqualTo(big);
        assertThat(Exact.divided(big, big, -1, big)).isEqualTo(big - 1);
        // 2^63 itself: one more than a long holds, and nothing in the upper half.
        assertThat(Exact.divided(1L << 32, 1L << 31, 0, 2)).isEqualTo(1L << 62);
    }

    @Test
    void a_sum_of_more_than_63_bits_is_exact() {
        assertThat(Exact.divided(Long.MAX_VALUE, 1, Long.MAX_VALUE, 2)).isEqualTo(Long.MAX_VALUE);
        assertThat(Exact.divided(Long.MAX_VALUE, 1, 3, 4)).isEqualTo((1L << 61));
    }

    @Test
    void a_quotient_no_long_holds_is_the_largest_long() {
        assertThat(Exact.divided(1L << 40, 1L << 40, 0, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Exact.divided(1L << 32, 1L << 31, 0, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Exact.divided(1L << 32, 1L << 31, -1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Exact.divided(1L << 32, 1L << 31, -2, 1)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void usage_grows_up_to_the_most_and_no_further() {
        assertThat(Exact.plus(3, 4)).isEqualTo(7);
        assertThat(Exact.plus(Usage.MOST - 5, 4)).isEqualTo(Usage.MOST - 1);
        assertThat(Exact.plus(Usage.MOST - 5, 5)).isEqualTo(Usage.MOST);
        assertThat(Exact.plus(Usage.MOST - 5, 6)).isEqualTo(Usage.MOST);
        assertThat(Exact.plus(Usage.MOST, Long.MAX_VALUE)).isEqualTo(Usage.MOST);
    }
}
