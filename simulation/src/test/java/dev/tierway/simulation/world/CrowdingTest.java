package dev.tierway.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CrowdingTest {
    @Test
    void speed_falls_gently_up_to_the_soft_capacity_and_no_further() {
        assertThat(Crowding.slowdown(0)).isEqualTo(1);
        assertThat(Crowding.slowdown(0.5)).isCloseTo(1.0625, within(1e-9));
        assertThat(Crowding.slowdown(1)).isEqualTo(1.25);
        assertThat(Crowding.slowdown(1.5)).isEqualTo(1.25);
    }

    @Test
    void nobody_queues_below_the_soft_capacity_and_half_an_answers_time_halfway_above() {
        assertThat(Crowding.queue(0.99)).isZero();
        assertThat(Crowding.queue(1.5)).isEqualTo(0.5);
    }

    /** Little's law: what is in the system ÷ the time it stays. */
    @Test
    void throughput_beyond_the_soft_capacity_stays_what_it_is_there() {
        double answer = 4;
        double atCapacity = 1 / (Crowding.slowdown(1) * answer);
        double beyond = 1.4 / (Crowding.slowdown(1.4) * answer + Crowding.queue(1.4) * Crowding.slowdown(1) * answer);
        assertThat(beyond).isCloseTo(atCapacity, within(1e-9));
    }
}
