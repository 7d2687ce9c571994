package dev.tierway.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.money.TokenUsage.Counted;
import org.junit.jupiter.api.Test;

class TokenUsageTest {
    @Test
    void nothing_at_all_is_a_usage() {
        assertThat(new TokenUsage(0, 0, 0, 0, 0, Counted.REPORTED).total()).isZero();
    }

    @Test
    void the_total_is_input_and_output_whose_parts_are_not_counted_again() {
        assertThat(new TokenUsage(10, 4, 6, 5, 3, Counted.REPORTED).total()).isEqualTo(15);
    }

    @Test
    void says_who_counted() {
        assertThat(TokenUsage.reported(3, 4)).isEqualTo(new TokenUsage(3, 0, 0, 4, 0, Counted.REPORTED));
        assertThat(TokenUsage.estimated(3, 4)).isEqualTo(new TokenUsage(3, 0, 0, 4, 0, Counted.ESTIMATED));
    }

    @Test
    void a_part_may_be_the_whole() {
        assertThat(usage(10, 10, 0, 0, 0).cachedInput()).isEqualTo(10);
        assertThat(usage(10, 4, 6, 0, 0).cacheWrite()).isEqualTo(6);
        assertThat(usage(0, 0, 0, 7, 7).reasoning()).isEqualTo(7);
    }

    @Test
    void a_part_is_never_more_than_the_whole() {
        assertMoreThanWhole(10, 11, 0, 0, 0);
        assertMoreThanWhole(10, 4, 7, 0, 0);
        assertMoreThanWhole(10, 0, 11, 0, 0);
        assertMoreThanWhole(0, 0, 0, 7, 8);
    }

    @Test
    void no_count_is_negative() {
        assertNegative(-1, 0, 0, 0, 0);
        assertNegative(0, -1, 0, 0, 0);
        assertNegative(0, 0, -1, 0, 0);
        assertNegative(0, 0, 0, -1, 0);
        assertNegative(0, 0, 0, 0, -1);
    }

    private static void assertMoreThanWhole(long input, long cached, long written, long output, long reasoning) {
        assertThatThrownBy(() -> usage(input, cached, written, output, reasoning))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a part of a token count exceeds the whole");
    }

    private static void assertNegative(long input, long cached, long written, long output, long reasoning) {
        assertThatThrownBy(() -> usage(input, cached, written, output, reasoning))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token counts must not be negative");
    }

    private static TokenUsage usage(long input, long cached, long written, long output, long reasoning) {
        return new TokenUsage(input, cached, written, output, reasoning, Counted.REPORTED);
    }
}
