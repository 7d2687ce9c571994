package dev.tierway.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
    private static final long MINUTE = 60_000_000_000L;
    private final PrefixCache cache = new PrefixCache(4);

    @Test
    void it_holds_the_longest_prefix_it_has_seen_and_nothing_after_a_gap() {
        cache.use(List.of(1L, 2L, 3L), 0);
        assertThat(cache.heldTokens(List.of(1L, 2L, 9L), 5000, 1)).isEqualTo(1024);
        assertThat(cache.heldTokens(List.of(9L, 2L, 3L), 5000, 1)).isZero();
        assertThat(cache.heldTokens(List.of(1L, 2L, 3L), 1400, 1)).isEqualTo(1400);
    }

    @Test
    void less_than_1024_tokens_are_no_hit() {
        cache.use(List.of(1L), 0);
        assertThat(cache.heldTokens(List.of(1L), 5000, 1)).isZero();
    }

    @Test
    void what_is_unused_for_five_minutes_is_gone() {
        cache.use(List.of(1L, 2L), 0);
        assertThat(cache.heldTokens(List.of(1L, 2L), 5000, 5 * MINUTE)).isEqualTo(1024);
        assertThat(cache.heldTokens(List.of(1L, 2L), 5000, 5 * MINUTE + 1)).isZero();
    }

    @Test
    void the_least_recently_used_makes_room() {
        cache.use(List.of(1L, 2L), 0);
        cache.use(List.of(3L, 4L), 1);
        cache.use(List.of(1L, 2L), 2);
        cache.use(List.of(5L), 3);
        assertThat(cache.heldTokens(List.of(1L, 2L), 5000, 4)).isEqualTo(1024);
        assertThat(cache.heldTokens(List.of(3L, 4L), 5000, 4)).isZero();
    }
}
