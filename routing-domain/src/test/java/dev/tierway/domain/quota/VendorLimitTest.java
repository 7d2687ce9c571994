package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VendorLimitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void unknown_is_null_and_never_zero() {
        VendorLimit known = new VendorLimit(Dimension.TOKENS, null, 0, null, null);
        assertThat(known.limit()).isNull();
        assertThat(known.resetAfterNanos()).isNull();
        assertThat(known.window()).isNull();
    }

    @Test
    void what_makes_no_sense_cannot_be_said() {
        assertThatThrownBy(() -> new VendorLimit(Dimension.TOKENS, 10L, -1, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VendorLimit(Dimension.TOKENS, 0L, 0, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VendorLimit(Dimension.TOKENS, 10L, 0, 0L, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VendorLimit(Dimension.TOKENS, 10L, 0, 1L, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new VendorLimit(Dimension.TOKENS, 1L, 0, 1L, Duration.ofNanos(1)).remaining())
                .isZero();
    }

    @Test
    void a_limit_is_known_by_its_dimension_and_its_window() {
        VendorLimit minute = new VendorLimit(Dimension.TOKENS, 10L, 4, null, MINUTE);
        assertThat(minute.sameLimitAs(new VendorLimit(Dimension.TOKENS, 99L, 9, 5L, MINUTE)))
                .isTrue();
        assertThat(minute.sameLimitAs(new VendorLimit(Dimension.REQUESTS, 10L, 4, null, MINUTE)))
                .isFalse();
        assertThat(minute.sameLimitAs(new VendorLimit(Dimension.TOKENS, 10L, 4, null, Duration.ofDays(1))))
                .isFalse();
        VendorLimit unknown = new VendorLimit(Dimension.TOKENS, 10L, 4, null, null);
        assertThat(minute.sameLimitAs(unknown)).isFalse();
        assertThat(unknown.sameLimitAs(minute)).isFalse();
        assertThat(unknown.sameLimitAs(unknown)).isTrue();
    }

    @Test
    void it_is_worth_knowing_until_its_reset_else_for_its_window_else_for_a_minute() {
        assertThat(new VendorLimit(Dimension.TOKENS, 10L, 4, 7L, MINUTE).lastsNanos())
                .isEqualTo(7);
        assertThat(new VendorLimit(Dimension.TOKENS, 10L, 4, null, Duration.ofDays(1)).lastsNanos())
                .isEqualTo(Duration.ofDays(1).toNanos());
        assertThat(new VendorLimit(Dimension.TOKENS, 10L, 4, null, null).lastsNanos())
                .isEqualTo(MINUTE.toNanos());
    }
}
