package dev.tierway.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MedianProperties {
    @Property
    void it_is_what_stands_in_the_middle_after_sorting(
            @ForAll @Size(min = 1, max = 200) @DoubleRange(min = 0, max = 1e9) double[] values) {
        assertMedian(values, values.length);
    }

    @Property
    void many_of_the_same_value_are_no_trouble(@ForAll @Size(min = 1, max = 200) @IntRange(max = 3) int[] values) {
        assertMedian(Arrays.stream(values).asDoubleStream().toArray(), values.length);
    }

    @Property
    void what_stands_behind_the_first_ones_is_not_looked_at(
            @ForAll @Size(min = 2, max = 50) @DoubleRange(min = 0, max = 1e9) double[] values,
            @ForAll @IntRange(min = 1, max = 49) int size) {
        assertMedian(values, Math.min(size, values.length - 1));
    }

    private static void assertMedian(double[] values, int size) {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        assertThat(Median.of(values.clone(), size)).isEqualTo(sorted[size / 2]);
    }
}
