package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.Trial;
import dev.tierway.simulation.TrialResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    private static double gaussian(long seed, long salt) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - Mixing.unit(seed, 2 * salt)));
        return radius * StrictMath.cos(2 * StrictMath.PI * Mixing.unit(seed, 2 * salt + 1));
    }

    private static Statistic mean(double... values) {
        return weights -> IntStream.range(0, values.length)
                        .mapToDouble(i -> weights[i] * values[i])
                        .sum()
                / Arrays.stream(weights).sum();
    }

    @Test
    void intervals_hold_the_truth_about_nineteen_times_in_twenty() {
        int held = 0;
        for (int experiment = 0; experiment < 400; experiment++) {
            long luck = experiment;
            double[] values = IntStream.range(0, 30)
                    .mapToDouble(i -> 5 + gaussian(luck, i))
                    .toArray();
            Estimate estimate = new Bootstrap(30, experiment).estimate(mean(values));
            held += estimate.lo() <= 5 && 5 <= estimate.hi() ? 1 : 0;
        }

        assertThat(held).isBetween(360, 392);
    }

    @Test
    void pairing_finds_a_difference_that_is_smaller_than_the_luck_of_the_seeds() {
        double[] ours =
                IntStream.range(0, 30).mapToDouble(i -> 100 * gaussian(3, i)).toArray();
        double[] theirs = Arrays.stream(ours).map(value -> value + 1).toArray();

        Estimate difference = new Bootstrap(30, 1).estimate(Sums.difference(mean(ours), mean(theirs)));

        assertThat(difference.isSurelyNegative()).isTrue();
        assertThat(difference.hi()).isCloseTo(-1, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void one_seed_has_no_interval_and_what_is_undefined_has_no_figure() {
        assertThat(new Bootstrap(1, 1).estimate(mean(3))).isEqualTo(new Estimate(3, null, null));
        assertThat(new Bootstrap(3, 1).estimate(weights -> Double.NaN)).isNull();
        assertThat(new Bootstrap(3, 1).estimate(weights -> weights[0] == 1 ? 2 : Double.NaN))
                .satisfies(estimate -> assertThat(estimate.value()).isEqualTo(2));
    }

    @Test
    void the_same_seed_draws_the_same_interval() {
        double[] values =
                IntStream.range(0, 20).mapToDouble(i -> gaussian(4, i)).toArray();

        assertThat(new Bootstrap(20, 9).estimate(mean(values))).isEqualTo(new Bootstrap(20, 9).estimate(mean(values)));
        assertThat(new Bootstrap(20, 9).estimate(mean(values)))
                .isNotEqualTo(new Bootstrap(20, 10).estimate(mean(values)));
    }

    @Test
    void a_seed_drawn_twice_counts_twice_and_one_not_drawn_not_at_all() {
        PooledSamples samples = new PooledSamples(List.of(new double[] {1, 2}, new double[] {10, 20}));

        assertThat(samples.percentile(0.75).of(new int[] {2, 1})).isCloseTo(10, within(1e-6));
        assertThat(samples.percentile(1).of(new int[] {2, 0})).isCloseTo(2, within(1e-6));
        assertThat(samples.percentile(0.5).of(new int[] {0, 0})).isNaN();
        assertThat(new PooledSamples(List.of(new double[0])).percentile(0.5).of(new int[] {1}))
                .isNaN();
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    @Test
    void what_never_applied_has_no_mean_and_other_seeds_are_not_thinned_by_it() {
        double[] none = DoubleStream.of(1).toArray();
        TrialResult applies = FakeExperiment.result(new Trial("s", 1, "c", 1), 10, 0, none, 0.5);
        TrialResult not = FakeExperiment.result(new Trial("s", 1, "c", 2), 10, 0, none, null);
        int[] once = {1, 1};

        assertThat(new Sums(List.of(applies, not)).mean(TrialResult::deadShare).of(once))
                .isEqualTo(0.5);
        assertThat(new Sums(List.of(not, not)).mean(TrialResult::deadShare).of(once))
                .isNaN();
    }
}
