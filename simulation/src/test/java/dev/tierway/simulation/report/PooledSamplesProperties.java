package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

final class PooledSamplesProperties {
    @Property(tries = 200)
    void percentiles_are_the_nearest_rank_of_all_samples(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 1e6) Double> samples,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        List<double[]> bySeed = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            int ours = seed;
            bySeed.add(IntStream.range(0, samples.size())
                    .filter(i -> i % 3 == ours)
                    .mapToDouble(samples::get)
                    .toArray());
        }

        double found = new PooledSamples(bySeed).percentile(share).of(new int[] {1, 1, 1});

        double exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
        assertThat(found).isCloseTo(exact, org.assertj.core.data.Percentage.withPercentage(1e-6));
    }
}
