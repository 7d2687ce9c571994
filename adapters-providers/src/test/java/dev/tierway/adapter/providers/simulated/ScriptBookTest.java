package dev.tierway.adapter.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptBookTest {
    private static final ScriptedFault DOWN = ScriptedFault.status(503);

    @Test
    void the_nth_request_is_hit_and_no_other() {
        assertThat(hits(SimulatedScript.HEALTHY.fault(DOWN.on(When.nth(3))), 5))
                .containsExactly(false, false, true, false, false);
    }

    @Test
    void a_range_and_every_nth_are_hit() {
        assertThat(hits(SimulatedScript.HEALTHY.fault(DOWN.on(new When.Between(2, 3))), 4))
                .containsExactly(false, true, true, false);
        assertThat(hits(SimulatedScript.HEALTHY.fault(DOWN.on(new When.Every(2))), 4))
                .containsExactly(false, true, false, true);
    }

    @Test
    void chance_is_the_same_in_every_run_and_differs_by_seed() {
        SimulatedScript script = SimulatedScript.HEALTHY.fault(DOWN.on(new When.Chance(0.3)));
        assertThat(hits(script, 200)).isEqualTo(hits(script, 200)).isNotEqualTo(hits(script.seed(2), 200));
        assertThat(hits(script, 1000).stream().filter(hit -> hit).count()).isBetween(230L, 370L);
    }

    @Test
    void models_are_counted_apart_and_from_1_again_when_their_script_is_set() {
        ScriptBook book = new ScriptBook(SimulatedScript.HEALTHY);
        book.of("a", SimulatedScript.HEALTHY.fault(DOWN.on(When.nth(1))));
        assertThat(book.next("b").fault()).isNull();
        assertThat(book.next("a").fault()).isNotNull();
        assertThat(book.next("a").fault()).isNull();
        book.of("a", SimulatedScript.HEALTHY.fault(DOWN.on(When.nth(1))));
        assertThat(book.next("a").fault()).isNotNull();
    }

    @Test
    void the_first_fault_that_hits_is_done() {
        ScriptBook book = new ScriptBook(SimulatedScript.HEALTHY
                .fault(ScriptedFault.status(429).on(When.nth(2)))
                .fault(DOWN));
        assertThat(book.next("a").fault().status()).isEqualTo(503);
        assertThat(book.next("a").fault().status()).isEqualTo(429);
    }

    @Test
    void impossible_scripts_are_refused() {
        assertThatThrownBy(() -> When.nth(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new When.Every(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new When.Chance(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new When.Chance(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SimulatedScript.HEALTHY.outputTokens(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Boolean> hits(SimulatedScript script, int requests) {
        ScriptBook book = new ScriptBook(script);
        List<Boolean> hits = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            hits.add(book.next("any").fault() != null);
        }
        return hits;
    }
}
