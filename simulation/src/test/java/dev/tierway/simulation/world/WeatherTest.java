package dev.tierway.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeatherTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    /** Each replica's share of failures, every second. */
    private static double[][] watched(Weather weather, int[] providers, long untilNanos, long seed) {
        VirtualTime time = new VirtualTime();
        List<ReplicaTruth> replicas = new ArrayList<>();
        for (int i = 0; i < providers.length; i++) {
            replicas.add(new ReplicaTruth(i, Truths.PACE, 4e9, 10, 10, Truths.RATES, List.of()));
        }
        weather.plan(time, replicas, providers, untilNanos, seed);
        int seconds = (int) (untilNanos / SECOND);
        double[][] seen = new double[providers.length][seconds];
        for (int second = 0; second < seconds; second++) {
            int at = second;
            time.at(second * SECOND, () -> replicas.forEach(one -> seen[one.index()][at] = one.badLuck()));
        }
        time.run();
        return seen;
    }

    private static double share(double[] values, double of) {
        int count = 0;
        for (double value : values) {
            count += value == of ? 1 : 0;
        }
        return count / (double) values.length;
    }

    @Test
    void bad_times_take_the_share_of_time_their_lengths_say() {
        Weather weather = new Weather(0.001, 0.35, 0.6, 90, 10, 1e9, 1);
        assertThat(share(watched(weather, new int[] {0}, DAY, 3)[0], 0.35)).isCloseTo(0.1, within(0.02));
    }

    @Test
    void a_shock_strikes_all_replicas_of_one_provider_together() {
        double[][] seen = watched(new Weather(0.001, 0.35, 0.6, 1e9, 1, 100, 20), new int[] {0, 0, 1}, DAY, 4);
        assertThat(seen[0]).isEqualTo(seen[1]).isNotEqualTo(seen[2]);
        assertThat(share(seen[0], 0.6)).isCloseTo(1 / 6.0, within(0.03));
    }

    @Test
    void the_same_seed_is_the_same_weather() {
        int[] providers = {0, 1};
        assertThat(watched(Weather.ORDINARY, providers, DAY / 4, 5))
                .isDeepEqualTo(watched(Weather.ORDINARY, providers, DAY / 4, 5));
    }
}
