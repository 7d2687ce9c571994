package dev.tierway.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExecutionLimitsTest {
    private static final ExecutionLimits ALL =
            new ExecutionLimits(new NanoUsd(1_500_000_000), 100_000L, 50L, Duration.ofMinutes(10), 30L);

    @Test
    void what_is_written_is_read_again() {
        assertThat(ALL).hasToString("usd=1.5 tokens=100000 steps=50 elapsed=600s calls-per-minute=30");
        assertThat(ExecutionLimits.parse(ALL.toString())).isEqualTo(ALL);
        assertThat(OperatorOrder.parse("limits", ALL.toString())).isEqualTo(new OperatorOrder.SetLimits(ALL));
        assertThat(OperatorOrder.parse("limits", "configured")).isEqualTo(new OperatorOrder.SetLimits(null));
        assertThat(new OperatorOrder.SetLimits(ALL).kind()).as("one of few").isEqualTo("limits");
        Instant now = Instant.parse("2026-11-20T19:00:00Z");
        assertThat(new OperatorOrder.Reset(now).kind()).isEqualTo("reset");
        assertThat(OperatorOrder.parse("reset", new OperatorOrder.Reset(now).value()))
                .isEqualTo(new OperatorOrder.Reset(now));
    }

    @Test
    void nonsense_is_refused_with_what_would_do() {
        assertThatThrownBy(() -> ExecutionLimits.parse("steps")).hasMessageContaining("steps=50");
        assertThatThrownBy(() -> ExecutionLimits.parse("steps=many")).hasMessageContaining("'many'");
        assertThatThrownBy(() -> ExecutionLimits.parse("steps=0")).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> ExecutionLimits.parse("usd=-1")).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> ExecutionLimits.parse("usd=1e400")).hasMessageContaining("usd");
        assertThatThrownBy(() -> ExecutionLimits.parse("elapsed=10")).hasMessageContaining("elapsed");
        assertThatThrownBy(() -> ExecutionLimits.parse("elapsed=")).hasMessageContaining("elapsed");
        assertThatThrownBy(() -> ExecutionLimits.parse("dollars=1")).hasMessageContaining("calls-per-minute");
    }

    @Test
    void what_one_leaves_out_is_as_in_the_other() {
        ExecutionLimits two = ExecutionLimits.parse("steps=2 elapsed=1h");

        assertThat(two.or(ALL))
                .isEqualTo(new ExecutionLimits(ALL.usd(), ALL.tokens(), 2L, Duration.ofHours(1), ALL.callsPerMinute()));
    }

    @Test
    void all_but_the_rate_count_in_total() {
        assertThat(ALL.counted())
                .extracting(ExecutionLimits::name)
                .containsExactly("usd", "tokens", "steps", "calls-per-minute");
        assertThat(ALL.counted()).extracting(ExecutionLimitsTest::total).containsExactly(true, true, true, false);
    }

    private static boolean total(Limit limit) {
        return Period.of(limit) == Period.TOTAL;
    }
}
