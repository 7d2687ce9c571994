package dev.tierway.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.fleet.Mixing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void events_run_in_the_order_of_their_times_and_the_clock_jumps_to_each() {
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            long at = Math.floorMod(Mixing.mix(1, i), 1_000_000L);
            time.at(at, () -> {
                assertThat(time.nowNanos()).isEqualTo(at);
                seen.add(at);
            });
        }
        time.run();
        assertThat(seen).hasSize(5000).isSorted();
    }

    @Test
    void events_of_the_same_time_run_in_the_order_they_were_planned() {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            time.at(7, () -> seen.add(number));
        }
        time.run();
        assertThat(seen).hasSize(100).isSorted();
    }

    @Test
    void what_an_event_plans_runs_too_and_never_in_the_past() {
        List<Long> seen = new ArrayList<>();
        time.at(10, () -> time.at(3, () -> seen.add(time.nowNanos())));
        time.run();
        assertThat(seen).containsExactly(10L);
    }
}
