package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.fixture.ManualClock;
import org.junit.jupiter.api.Test;

/** The small learners, number by number. */
class EstimatesTest {
    private static final long NOW = ManualClock.START;
    private static final long SECOND = 1_000_000_000L;
    private static final UnmeasuredSettings UNMEASURED = UnmeasuredSettings.DEFAULTS;

    @Test
    void half_of_something_is_left_after_its_half_life_and_all_of_it_at_once_or_before() {
        assertThat(Decay.left(SECOND, SECOND)).isEqualTo(0.5);
        assertThat(Decay.left(0, SECOND)).isEqualTo(1);
        assertThat(Decay.left(-5 * SECOND, SECOND)).isEqualTo(1);
    }

    @Test
    void between_half_lives_it_decays_smoothly() {
        assertThat(Decay.left(SECOND / 4, SECOND)).isCloseTo(StrictMath.pow(2, -0.25), within(1e-8));
        assertThat(Decay.left(5 * SECOND / 4, SECOND)).isCloseTo(StrictMath.pow(2, -1.25), within(1e-8));
        assertThat(Decay.left(7 * SECOND / 4, SECOND)).isCloseTo(StrictMath.pow(2, -1.75), within(1e-8));
    }

    @Test
    void nothing_is_left_after_a_thousand_half_lives() {
        assertThat(Decay.left(999 * SECOND, SECOND)).isEqualTo(StrictMath.pow(2, -999));
        assertThat(Decay.left(1000 * SECOND, SECOND)).isZero();
        assertThat(Decay.left(Long.MAX_VALUE, 1)).isZero();
    }

    @Test
    void seeds_are_mixed_as_splitmix64_does() {
        assertThat(Mixing.mix(0, 0)).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(Mixing.mix(0, 1)).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(Mixing.mix(0, 2)).isEqualTo(0x06C45D188009454FL);
        assertThat(Mixing.unit(0, 0)).isCloseTo(0xE220A8397B1DCDAFL * 0x1p-64 + 1, within(1e-15));
    }

    @Test
    void a_moving_average_rises_at_once() {
        PeakEwma slow = new PeakEwma(2, NOW).plus(7, NOW + SECOND);

        assertThat(slow).isEqualTo(new PeakEwma(7, NOW + SECOND));
    }

    @Test
    void the_same_measured_again_is_the_newest_measurement() {
        assertThat(new PeakEwma(3, NOW).plus(3, NOW + 60 * SECOND)).isEqualTo(new PeakEwma(3, NOW + 60 * SECOND));
    }

    @Test
    void a_moving_average_falls_by_a_quarter_of_the_way_at_least_and_by_half_after_ten_seconds() {
        assertThat(new PeakEwma(0.8, NOW).plus(0.4, NOW).value()).isCloseTo(0.7, within(1e-9));
        assertThat(new PeakEwma(0.8, NOW).plus(0.4, NOW + 10 * SECOND).value()).isCloseTo(0.6, within(1e-9));
        assertThat(new PeakEwma(0.8, NOW).plus(0.4, NOW + 20 * SECOND).value()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void what_exceeds_the_expectation_fades_while_nobody_measures_and_what_falls_short_stays() {
        assertThat(new PeakEwma(3, NOW).at(NOW + 60 * SECOND)).isEqualTo(2);
        assertThat(new PeakEwma(0.5, NOW).at(NOW + 60 * SECOND)).isEqualTo(0.5);
        assertThat(new PeakEwma(3, NOW).plus(1, NOW + 60 * SECOND).value())
                .as("a sixty-fourth of what had faded to 2")
                .isCloseTo(2 / 64.0 + 63 / 64.0, within(1e-9));
    }

    @Test
    void raising_an_average_never_lowers_it() {
        PeakEwma half = new PeakEwma(0.5, NOW);

        assertThat(half.atLeast(0.4, NOW + SECOND)).isSameAs(half);
        assertThat(half.atLeast(0.5, NOW + SECOND)).isSameAs(half);
        assertThat(half.atLeast(0.6, NOW + SECOND)).isEqualTo(new PeakEwma(0.6, NOW + SECOND));
        assertThat(new PeakEwma(3, NOW).atLeast(2.5, NOW + 60 * SECOND))
                .as("it had faded to 2")
                .isEqualTo(new PeakEwma(2.5, NOW + 60 * SECOND));
    }

    @Test
    void a_wait_within_the_expectation_tells_nothing_of_a_replica_never_measured() {
        assertThat(Latency.UNMEASURED.waited(1, NOW)).isEqualTo(Latency.UNMEASURED);
        assertThat(Latency.UNMEASURED.waited(1.5, NOW).ttft()).isEqualTo(new PeakEwma(1.5, NOW));
        assertThat(Latency.UNMEASURED.waited(1.5, NOW).token()).isNull();
    }

    @Test
    void a_reply_without_a_time_per_token_leaves_it_unmeasured() {
        Latency measured = Latency.UNMEASURED.measured(1.2, 0, NOW);

        assertThat(measured).isEqualTo(new Latency(new PeakEwma(1.2, NOW), null));
        assertThat(measured.measured(1.2, 0.9, NOW).token()).isEqualTo(new PeakEwma(0.9, NOW));
        assertThat(Latency.UNMEASURED.measured()).isFalse();
        assertThat(measured.measured()).isTrue();
    }

    @Test
    void latency_is_a_ratio_to_what_its_model_takes_and_unknown_until_measured() {
        ModelState model = ModelState.UNMEASURED;
        Latency slow = new Latency(new PeakEwma(1, NOW), new PeakEwma(0.5, NOW));

        assertThat(slow.ttftNanos(model, UNMEASURED, 10, NOW)).isEqualTo(1e9);
        assertThat(slow.tokenNanos(model, UNMEASURED, NOW)).isEqualTo(10e6);
        assertThat(slow.ttftOrNaN(model, UNMEASURED, 10, NOW)).isEqualTo(1e9);
        assertThat(slow.tokenOrNaN(model, UNMEASURED, NOW)).isEqualTo(10e6);
        assertThat(Latency.UNMEASURED.ttftNanos(model, UNMEASURED, 10, NOW)).isNull();
        assertThat(Latency.UNMEASURED.tokenNanos(model, UNMEASURED, NOW)).isNull();
        assertThat(Latency.UNMEASURED.ttftOrNaN(model, UNMEASURED, 10, NOW)).isNaN();
        assertThat(Latency.UNMEASURED.tokenOrNaN(model, UNMEASURED, NOW)).isNaN();
    }

    @Test
    void three_samples_make_a_line_and_fewer_a_mean() {
        TtftFit two = TtftFit.NONE.plus(1000, 2e8, NOW).plus(2000, 3e8, NOW);
        double slope = (2e11 / 3) / (2e6 / 3 + 128 * 128);

        assertThat(TtftFit.NONE.at(1000)).isNaN();
        assertThat(two.at(9000)).isEqualTo(2.5e8);
        assertThat(two.plus(3000, 4e8, NOW).at(5000)).isCloseTo(3e8 + slope * 3000, within(1.0));
        assertThat(two.plus(3000, 4e8, NOW).at(2000)).isCloseTo(3e8, within(1.0));
    }

    @Test
    void the_base_of_a_line_is_a_tenth_of_the_mean_at_least() {
        TtftFit steep = TtftFit.NONE.plus(1000, 1e7, NOW).plus(2000, 1.1e8, NOW).plus(3000, 2.1e8, NOW);

        assertThat(steep.at(0)).isCloseTo(1.1e7, within(1.0));
    }

    @Test
    void a_line_never_falls() {
        TtftFit falling = TtftFit.NONE.plus(1000, 4e8, NOW).plus(2000, 3e8, NOW).plus(3000, 2e8, NOW);

        assertThat(falling.at(9000)).isCloseTo(3e8, within(1.0));
        assertThat(falling.at(0)).isCloseTo(3e8, within(1.0));
    }

    @Test
    void old_samples_of_a_line_fade() {
        TtftFit fit = TtftFit.NONE.plus(1000, 2e8, NOW).plus(1000, 5e8, NOW + 300 * SECOND);

        assertThat(fit.at(1000)).isCloseTo((1e8 + 5e8) / 1.5, within(1.0));
    }

    @Test
    void two_samples_of_five_minutes_ago_weigh_as_much_as_one_of_now() {
        TtftFit fit = TtftFit.NONE
                .plus(1000, 2e8, NOW)
                .plus(1000, 2e8, NOW)
                .plus(2000, 3e8, NOW)
                .plus(2000, 3e8, NOW)
                .plus(3000, 5e8, NOW + 300 * SECOND);
        double slope = 1e11 / (2e6 / 3 + 128 * 128);

        assertThat(fit.at(5000)).isCloseTo(1e9 / 3 + slope * 3000, within(1.0));
    }

    @Test
    void a_model_learns_from_its_second_stream_on_how_far_first_tokens_stray() {
        ModelState first = ModelState.UNMEASURED.measured(1000, 1e9, 1e7, 50, 0, true, NOW);
        ModelState second = first.measured(1000, 9e9, 1e7, 50, 0, true, NOW);

        assertThat(first.tail()).isEqualTo(Tail.START);
        assertThat(second.tail().p95()).isGreaterThan(Tail.START.p95());
        assertThat(first.measured(1000, 9e9, 1e7, 50, 0, false, NOW).tail())
                .as("a unary reply says nothing of its first token")
                .isEqualTo(Tail.START);
    }

    @Test
    void a_reply_without_a_time_per_token_tells_a_model_nothing_of_it() {
        ModelState model = ModelState.UNMEASURED.measured(1000, 1e9, 0, 1, 0, true, NOW);

        assertThat(model.tokenNanos().known()).isFalse();
        assertThat(model.expectedTokenNanos(UNMEASURED)).isEqualTo(20e6);
        assertThat(model.measured(1000, 1e9, 5e6, 9, 0, true, NOW).expectedTokenNanos(UNMEASURED))
                .isEqualTo(5e6);
    }

    @Test
    void what_is_expected_never_is_nothing() {
        ModelState instant = ModelState.UNMEASURED.measured(1000, 0, 0.1, 9, 0, true, NOW);

        assertThat(instant.expectedTtftNanos(1000, UNMEASURED)).isEqualTo(1);
        assertThat(instant.expectedTokenNanos(UNMEASURED)).isEqualTo(1);
    }

    @Test
    void the_tail_moves_up_nineteen_times_as_far_as_down_and_stays_within_bounds() {
        double up = StrictMath.log(Tail.START.plus(3).p95() / 2);
        double down = StrictMath.log(Tail.START.plus(1).p95() / 2);

        assertThat(up).isCloseTo(0.095, within(1e-9));
        assertThat(down).isCloseTo(-0.005, within(1e-9));
        assertThat(Tail.START.plus(2)).as("what it is isn't above it").isEqualTo(Tail.START.plus(1));
        assertThat(new Tail(1.05).plus(1).p95()).isEqualTo(1.05);
        assertThat(new Tail(100).plus(1000).p95()).isEqualTo(100);
    }

    @Test
    void hedges_are_earned_by_shares_and_spent_one_by_one() {
        HedgeCredit nearlyOne = HedgeCredit.NONE.earned(0.5).earned(0.4);

        assertThat(nearlyOne.enough()).isFalse();
        assertThat(nearlyOne.earned(0.1).enough()).isTrue();
        assertThat(new HedgeCredit(1 - 1e-9).enough()).as("but for rounding").isTrue();
        assertThat(nearlyOne.earned(0.1).spent().enough()).isFalse();
        assertThat(HedgeCredit.NONE.earned(99)).isEqualTo(new HedgeCredit(10));
    }

    @Test
    void several_choices_are_expected_to_take_as_many_times_the_output() {
        ModelState model = ModelState.UNMEASURED;

        assertThat(new RequestShape(10, null, 3, Prompt.UNKNOWN).outputTokens(model, UNMEASURED))
                .isEqualTo(3 * 256);
        assertThat(new RequestShape(10, 100L, 3, Prompt.UNKNOWN).outputTokens(model, UNMEASURED))
                .isEqualTo(300);
        assertThat(new RequestShape(10, 1000L, 1, Prompt.UNKNOWN).outputTokens(model, UNMEASURED))
                .isEqualTo(256);
    }
}
