package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.PromptCacheSettings;
import dev.tierway.domain.routing.PrefixHashes;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which beginnings of prompts a replica is expected to hold in its cache. */
class PrefixTableTest {
    private static final long NOW = 5_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final PrefixTable table = new PrefixTable();

    private static PrefixHashes prompt(long first, int firstTokens, long second, int secondTokens) {
        return new PrefixHashes(new long[] {first, second}, new int[] {firstTokens, secondTokens});
    }

    @Test
    void the_longest_common_beginning_counts() {
        table.remember(prompt(1, 1500, 2, 4000), 4000, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(table.heldTokens(prompt(1, 1500, 2, 4000), 9000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(4000);
        assertThat(table.heldTokens(prompt(1, 1500, 3, 4000), 9000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(1500);
        assertThat(table.heldTokens(prompt(4, 1500, 3, 4000), 9000, PromptCacheSettings.DEFAULTS, NOW))
                .isZero();
    }

    @Test
    void what_is_held_is_forgotten_after_five_minutes() {
        table.remember(prompt(1, 1500, 2, 4000), 4000, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(table.heldTokens(prompt(1, 1500, 2, 4000), 4000, PromptCacheSettings.DEFAULTS, NOW + 300 * SECOND))
                .isEqualTo(4000);
        assertThat(table.heldTokens(prompt(1, 1500, 2, 4000), 4000, PromptCacheSettings.DEFAULTS, NOW + 301 * SECOND))
                .isZero();
    }

    @Test
    void short_beginnings_are_cached_by_nobody() {
        table.remember(prompt(1, 1023, 2, 1024), 2000, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(table.heldTokens(prompt(1, 1023, 9, 5000), 6000, PromptCacheSettings.DEFAULTS, NOW))
                .isZero();
        assertThat(table.heldTokens(prompt(1, 1023, 2, 1024), 6000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(1024);
    }

    @Test
    void a_session_holds_what_its_last_call_sent() {
        table.remember(PrefixHashes.NONE.inSession(77), 3000, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(table.heldTokens(PrefixHashes.NONE.inSession(77), 5000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(3000);
        assertThat(table.heldTokens(PrefixHashes.NONE.inSession(77), 2000, PromptCacheSettings.DEFAULTS, NOW))
                .as("never more than is asked")
                .isEqualTo(2000);
        assertThat(table.heldTokens(PrefixHashes.NONE.inSession(78), 5000, PromptCacheSettings.DEFAULTS, NOW))
                .isZero();
    }

    @Test
    void the_oldest_makes_room() {
        // Hashes that agree in their low bits share one set of four.
        for (long i = 1; i <= 5; i++) {
            table.remember(PrefixHashes.NONE.inSession(i << 40), 2000, PromptCacheSettings.DEFAULTS, NOW + i * SECOND);
        }

        assertThat(table.heldTokens(
                        PrefixHashes.NONE.inSession(1L << 40), 2000, PromptCacheSettings.DEFAULTS, NOW + 6 * SECOND))
                .isZero();
        for (long i = 2; i <= 5; i++) {
            assertThat(table.heldTokens(
                            PrefixHashes.NONE.inSession(i << 40), 2000, PromptCacheSettings.DEFAULTS, NOW + 6 * SECOND))
                    .isEqualTo(2000);
        }
    }

    @Property(tries = 500)
    void what_was_just_remembered_is_found_and_nothing_is_found_that_was_not(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PrefixTable fresh = new PrefixTable();
        for (int i = 0; i < 200; i++) {
            long hash = random.nextLong() | 1;
            int tokens = random.nextInt(1024, 100_000);
            PrefixHashes prompt = PrefixHashes.NONE.inSession(hash);
            assertThat(fresh.heldTokens(prompt, Long.MAX_VALUE, PromptCacheSettings.DEFAULTS, NOW))
                    .isZero();
            fresh.remember(prompt, tokens, PromptCacheSettings.DEFAULTS, NOW);
            assertThat(fresh.heldTokens(prompt, Long.MAX_VALUE, PromptCacheSettings.DEFAULTS, NOW))
                    .isEqualTo(tokens);
        }
    }
}
