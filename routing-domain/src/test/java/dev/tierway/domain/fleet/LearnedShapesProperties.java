package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.fixture.ManualClock;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The small learners: counts that fade, output sizes, time to first token by input, rolling counts. */
class LearnedShapesProperties {
    private static final long NOW = ManualClock.START;
    private static final long SECOND = 1_000_000_000L;

    @Example
    void a_decayed_count_halves_in_every_half_life() {
        DecayedCount count = DecayedCount.ZERO.plus(8, NOW, 60 * SECOND);

        assertThat(count.at(NOW + 60 * SECOND, 60 * SECOND)).isCloseTo(4, within(1e-9));
        assertThat(count.at(NOW + 180 * SECOND, 60 * SECOND)).isCloseTo(1, within(1e-9));
        assertThat(count.at(NOW - SECOND, 60 * SECOND))
                .as("time that steps back decays nothing")
                .isEqualTo(8);
    }

    @Example
    void a_decayed_mean_is_unknown_without_samples_and_leans_to_the_new_ones() {
        assertThat(DecayedMean.NONE.mean()).isNull();

        DecayedMean mean = DecayedMean.NONE.plus(10, NOW, SECOND).plus(20, NOW + 3 * SECOND, SECOND);

        assertThat(mean.mean()).isCloseTo((10 / 8.0 + 20) / (1 / 8.0 + 1), within(1e-9));
    }

    @Example
    void output_sizes_start_at_256_and_1024() {
        assertThat(OutputSizes.START.mean(256)).isEqualTo(256);
        assertThat(OutputSizes.START.p95(256)).isEqualTo(1024);
    }

    @Property(tries = 200)
    void the_p95_is_not_below_what_it_saw_nor_more_than_a_fifth_above(
            @ForAll @LongRange(min = 1, max = 60_000) long tokens) {
        OutputSizes sizes = OutputSizes.START;
        for (int i = 0; i < 30; i++) {
            sizes = sizes.plus(tokens, NOW);
        }

        assertThat(sizes.p95(256)).isBetween(tokens, (long) (tokens * 1.2) + 1);
        assertThat(sizes.mean(256)).isCloseTo(tokens, within(1e-6 * tokens));
    }

    @Example
    void the_p95_leaves_out_the_longest_twentieth() {
        OutputSizes sizes = OutputSizes.START;
        for (int i = 0; i < 100; i++) {
            sizes = sizes.plus(i % 50 == 0 ? 50_000 : 100, NOW);
        }

        assertThat(sizes.p95(256)).isLessThan(130);
    }

    @Property(tries = 200)
    void time_to_first_token_is_found_as_base_and_slope(
            @ForAll @IntRange(min = 50, max = 5000) int baseMillis,
            @ForAll @IntRange(min = 0, max = 2000) int microsPerToken) {
        TtftFit fit = TtftFit.NONE;
        for (int i = 1; i <= 20; i++) {
            double input = 500.0 * i;
            fit = fit.plus(input, baseMillis * 1e6 + input * microsPerToken * 1e3, NOW + i);
        }

        double expected = baseMillis * 1e6 + 20_000.0 * microsPerToken * 1e3;
        double least = 0.1 * (baseMillis * 1e6 + 5250.0 * microsPerToken * 1e3);
        assertThat(fit.at(20_000)).isBetween(expected * 0.997, Math.max(expected, expected + least) * 1.001);
    }

    @Example
    void short_prompts_that_differ_by_a_few_tokens_say_next_to_nothing_of_long_ones() {
        TtftFit fit = TtftFit.NONE;
        for (int i = 0; i < 10; i++) {
            fit = fit.plus(6 + i % 3, 3e8 + i % 3 * 1e8, NOW);
        }

        assertThat(fit.at(1000)).isBetween(3e8, 5e8);
    }

    @Example
    void inputs_of_one_size_say_nothing_about_the_slope() {
        TtftFit fit = TtftFit.NONE;
        assertThat(fit.at(1000)).isNaN();
        for (int i = 0; i < 10; i++) {
            fit = fit.plus(1000, 4e8, NOW);
        }

        assertThat(fit.at(100_000)).isCloseTo(4e8, within(1.0));
    }

    @Property(tries = 300)
    void rolling_counts_never_count_more_than_happened_in_the_window_and_a_bucket_less_at_most(
            @ForAll @IntRange(min = 1, max = 40) int steps, @ForAll @LongRange(min = 0, max = 4000) long millis) {
        RollingCounts counts = RollingCounts.over(10 * SECOND);
        long now = NOW;
        int within10 = 0;
        int within9 = 0;
        for (int i = 0; i < steps; i++) {
            counts = counts.plus(1, 2, now);
            now += i == steps - 1 ? 0 : millis * 1_000_000;
        }
        for (int i = 0; i < steps; i++) {
            long age = (steps - 1 - i) * millis * 1_000_000;
            within10 += age < 10 * SECOND ? 1 : 0;
            within9 += age < 9 * SECOND ? 1 : 0;
        }

        assertThat(counts.first(now)).isBetween(within9, within10);
        assertThat(counts.second(now)).isEqualTo(2 * counts.first(now));
        assertThat(counts.first(now + 10 * SECOND)).isZero();
    }

    @Example
    void rolling_counts_survive_a_clock_that_steps_back() {
        RollingCounts counts = RollingCounts.over(10 * SECOND).plus(1, 0, NOW).plus(1, 0, NOW - 5 * SECOND);

        assertThat(counts.first(NOW - 5 * SECOND)).isEqualTo(2);
        assertThat(counts.first(NOW)).isEqualTo(2);
    }

    @Example
    void seeds_give_numbers_below_one_spread_evenly() {
        double sum = 0;
        for (int salt = 0; salt < 10_000; salt++) {
            double drawn = Mixing.unit(7, salt);
            assertThat(drawn).isBetween(0.0, Math.nextDown(1.0));
            sum += drawn;
        }

        assertThat(sum / 10_000).isCloseTo(0.5, within(0.02));
    }

    @Example
    void the_tail_settles_at_the_95th_percentile() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(7);
        Tail tail = Tail.START;
        int above = 0;
        for (int i = 0; i < 20_000; i++) {
            double ratio = StrictMath.exp(0.4 * random.nextGaussian());
            above += i >= 10_000 && ratio > tail.p95() ? 1 : 0;
            tail = tail.plus(ratio);
        }

        assertThat(above / 10_000.0).isCloseTo(0.05, within(0.015));
    }

    @Property(tries = 2000)
    void decay_halves_in_every_half_life(
            @ForAll @net.jqwik.api.constraints.LongRange(min = 1, max = 10_000_000_000_000L) long elapsed) {
        double exact = StrictMath.pow(0.5, elapsed / 60e9);

        assertThat(Decay.left(elapsed, 60_000_000_000L)).isCloseTo(exact, within(1e-7 * exact + 1e-300));
    }
}
