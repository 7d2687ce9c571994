package dev.tierway.adapter.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.simulated.SimulatedLimits.Style;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitMeterTest {
    private static final long SECOND = 1_000_000_000;
    private static final long EPOCH = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
    private static final TokenUsage USAGE = TokenUsage.reported(30, 10);

    @Test
    void what_is_taken_comes_back_a_little_at_a_time() {
        LimitMeter meter = meter(Style.OPENAI, Limit.per(Dimension.REQUESTS, 60, Duration.ofMinutes(1)));
        assertThat(charge(meter, 0).headers())
                .containsExactly(
                        "x-ratelimit-limit-requests: 60",
                        "x-ratelimit-remaining-requests: 59",
                        "x-ratelimit-reset-requests: 1s");
        charge(meter, 0);
        assertThat(charge(meter, SECOND / 2).headers())
                .contains("x-ratelimit-remaining-requests: 57", "x-ratelimit-reset-requests: 2.500s");
        assertThat(charge(meter, 100 * SECOND).headers()).contains("x-ratelimit-remaining-requests: 59");
    }

    @Test
    void what_does_not_fit_takes_nothing_and_is_told_when_it_will() {
        LimitMeter meter = meter(
                Style.ANTHROPIC,
                Limit.per(Dimension.REQUESTS, 60, Duration.ofMinutes(1)),
                Limit.per(Dimension.INPUT_TOKENS, 60, Duration.ofMinutes(1)));
        assertThat(charge(meter, 0).refusal()).isNull();
        assertThat(charge(meter, 0).refusal()).isNull();
        LimitMeter.Metered refused = charge(meter, 0);
        assertThat(refused.refusal()).isNotNull();
        assertThat(refused.refusal().status()).isEqualTo(429);
        assertThat(refused.refusal().headers())
                .contains(
                        "retry-after: 30",
                        "anthropic-ratelimit-requests-remaining: 58",
                        "anthropic-ratelimit-input-tokens-remaining: 0",
                        "anthropic-ratelimit-input-tokens-reset: 2026-11-20T12:01:00Z");
        assertThat(charge(meter, 30 * SECOND).refusal()).isNull();
    }

    @Test
    void what_never_fits_waits_for_a_window() {
        LimitMeter meter = meter(Style.AZURE_OPENAI, Limit.per(Dimension.TOKENS, 39, Duration.ofMinutes(1)));
        assertThat(charge(meter, 0).refusal().headers()).contains("retry-after: 60");
    }

    @Test
    void money_and_concurrency_are_no_vendors_rates() {
        assertThatThrownBy(() -> new SimulatedLimits(Style.OPENAI, List.of(Limit.concurrency(4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("concurrency");
    }

    private static LimitMeter meter(Style style, Limit... limits) {
        return new LimitMeter(new SimulatedLimits(style, List.of(limits)), 0);
    }

    private static LimitMeter.Metered charge(LimitMeter meter, long nanos) {
        return meter.charge(USAGE, 1, nanos, EPOCH);
    }
}
