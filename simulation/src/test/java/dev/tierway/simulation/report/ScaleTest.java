package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ScaleTest {
    private static final Offset<Double> NEAR = Offset.offset(1e-6);

    @Test
    void a_rooted_axis_begins_at_zero_and_keeps_small_values_apart() {
        Scale scale = Scale.rooted(1, 100, 50, 200);

        assertThat(scale.x(0)).isCloseTo(50, NEAR);
        assertThat(scale.x(1)).isCloseTo(70, NEAR);
        assertThat(scale.x(100)).isCloseTo(250, NEAR);
        assertThat(scale.ticks()).startsWith(0.0).endsWith(100.0).isSorted();
    }

    @Test
    void negative_values_lie_left_of_zero() {
        Scale scale = Scale.rooted(-25, 100, 0, 150);

        assertThat(scale.x(-25)).isCloseTo(0, NEAR);
        assertThat(scale.x(0)).isCloseTo(50, NEAR);
        assertThat(scale.ticks()).contains(0.0, 100.0).anyMatch(tick -> tick < 0);
    }

    @Test
    void a_logarithmic_axis_gives_every_power_the_same_room() {
        Scale scale = Scale.logarithmic(0.1, 10, 0, 200);

        assertThat(scale.x(1)).isCloseTo(100, NEAR);
        assertThat(scale.ticks()).contains(0.1, 1.0);
    }

    @Test
    void labels_never_run_into_one_another() {
        for (double most : new double[] {0.001, 0.4, 3, 77, 12_345}) {
            Scale scale = Scale.rooted(-most / 3, most, 0, 200);
            double[] places = scale.ticks().stream().mapToDouble(scale::x).toArray();
            for (int i = 1; i < places.length; i++) {
                assertThat(places[i] - places[i - 1]).isGreaterThanOrEqualTo(34);
            }
        }
    }

    @Test
    void an_axis_of_one_value_still_has_a_place_for_it() {
        assertThat(Scale.logarithmic(2, 2, 0, 100).x(2)).isFinite();
        assertThat(Scale.rooted(0, 0, 0, 100).x(0)).isFinite();
    }
}
