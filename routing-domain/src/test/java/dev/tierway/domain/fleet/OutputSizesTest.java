package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.fixture.ManualClock;
import org.junit.jupiter.api.Test;

class OutputSizesTest {
    private static final long NOW = ManualClock.START;
    private static final long HALF_LIFE = 600_000_000_000L;

    private static OutputSizes of(int times, long tokens) {
        return plus(OutputSizes.START, times, tokens, NOW);
    }

    private static OutputSizes plus(OutputSizes sizes, int times, long tokens, long now) {
        OutputSizes next = sizes;
        for (int i = 0; i < times; i++) {
            next = next.plus(tokens, now);
        }
        return next;
    }

    @Test
    void is_256_and_1024_before_anything_was_measured() {
        assertThat(OutputSizes.START.mean(256)).isEqualTo(256);
        assertThat(OutputSizes.START.p95(256)).isEqualTo(1024);
    }

    @Test
    void one_answer_is_rounded_up_to_its_bucket() {
        assertThat(of(1, 100).p95(256)).isEqualTo(108);
        assertThat(of(1, 107).p95(256)).isEqualTo(108);
        assertThat(of(1, 109).p95(256)).isEqualTo(128);
        assertThat(of(1, 128).p95(256)).isEqualTo(128);
        assertThat(of(1, 129).p95(256)).isEqualTo(153);
    }

    @Test
    void the_first_bucket_holds_answers_of_one_token_and_of_none() {
        assertThat(of(1, 0).p95(256)).isEqualTo(1);
        assertThat(of(1, 1).p95(256)).isEqualTo(1);
        assertThat(of(1, 2).p95(256)).isEqualTo(2);
        assertThat(of(1, 3).p95(256)).isEqualTo(4);
    }

    @Test
    void the_last_bucket_holds_everything_from_65536_tokens() {
        assertThat(of(1, 65_536).p95(256)).isEqualTo(65_536);
        assertThat(of(1, 1_000_000).p95(256)).isEqualTo(65_536);
    }

    @Test
    void exactly_nineteen_of_twenty_are_not_exceeded() {
        assertThat(of(19, 100).plus(50_000, NOW).p95(256)).isEqualTo(108);
        assertThat(of(18, 100).plus(50_000, NOW).p95(256)).isEqualTo(55_109);
    }

    @Test
    void old_answers_count_half_after_ten_minutes() {
        assertThat(of(40, 100).plus(1000, NOW + HALF_LIFE).p95(256)).isEqualTo(108);
        assertThat(of(36, 100).plus(1000, NOW + HALF_LIFE).p95(256))
                .as("18 against 1")
                .isEqualTo(1024);
        assertThat(of(36, 100).plus(1000, NOW).p95(256)).as("36 against 1").isEqualTo(108);
    }

    @Test
    void the_mean_leans_to_new_answers() {
        OutputSizes sizes = of(1, 100).plus(400, NOW + HALF_LIFE);

        assertThat(sizes.mean(256)).isCloseTo((50 + 400) / 1.5, within(1e-9));
    }

    @Test
    void a_recorded_mean_is_all_that_decisions_look_at() {
        DecayedMean mean = of(3, 70).sizes();
        OutputSizes read = OutputSizes.ofMean(mean);

        assertThat(read.mean(256)).isEqualTo(70);
        assertThat(read.sizes()).isSameAs(mean);
        assertThat(read.p95(256)).isEqualTo(1024);
    }
}
