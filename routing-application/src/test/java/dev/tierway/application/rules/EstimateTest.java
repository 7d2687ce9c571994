package dev.tierway.application.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.application.port.in.Estimate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Figures and their intervals. */
class EstimateTest {
    @Test
    void a_share_has_wilsons_interval() {
        // The example of Newcombe, Statistics in Medicine 17 (1998): 81 of 263.
        Estimate estimate = Estimate.share(81, 263);

        assertThat(estimate.value()).isCloseTo(0.3080, within(5e-5));
        assertThat(estimate.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(estimate.high()).isCloseTo(0.3662, within(5e-5));
    }

    @Test
    void certainty_is_never_claimed_from_few() {
        assertThat(Estimate.share(3, 3).low()).isLessThan(0.5);
        assertThat(Estimate.share(3, 3).high()).isEqualTo(1);
        assertThat(Estimate.share(0, 3).low()).isZero();
        assertThat(Estimate.share(0, 0)).isEqualTo(Estimate.NONE);
    }

    @Test
    void a_few_values_have_a_mean_and_a_median_but_no_interval() {
        Sample sample = new Sample();
        assertThat(sample.mean()).isEqualTo(Estimate.NONE);
        sample.add(1);
        sample.add(2);
        sample.add(9);

        assertThat(sample.mean()).isEqualTo(new Estimate(4.0, null, null));
        assertThat(sample.median()).isEqualTo(new Estimate(2.0, null, null));
    }

    /** Of many experiments with a known truth, about 95 of 100 intervals hold it. */
    @Test
    void intervals_hold_the_truth_as_often_as_they_claim() {
        SplittableRandom random = new SplittableRandom(7);
        int means = 0;
        int medians = 0;
        int experiments = 1000;
        for (int i = 0; i < experiments; i++) {
            Sample sample = new Sample();
            for (int n = 0; n < 200; n++) {
                sample.add(-Math.log(1 - random.nextDouble()));
            }
            means += sample.mean().low() <= 1 && 1 <= sample.mean().high() ? 1 : 0;
            double median = Math.log(2);
            medians +=
                    sample.median().low() <= median && median <= sample.median().high() ? 1 : 0;
        }
        assertThat(means / (double) experiments).isBetween(0.92, 0.97);
        assertThat(medians / (double) experiments).isBetween(0.93, 0.98);
    }

    @Test
    void more_values_than_are_kept_are_sampled_evenly() {
        Sample sample = new Sample();
        for (int i = 0; i < 100_000; i++) {
            sample.add(i);
        }

        assertThat(sample.count()).isEqualTo(100_000);
        assertThat(sample.mean().value()).isCloseTo(49_999.5, within(1e-6));
        assertThat(sample.median().value()).isBetween(45_000.0, 55_000.0);
    }
}
