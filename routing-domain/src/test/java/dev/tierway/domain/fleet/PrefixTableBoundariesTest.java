package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.PromptCacheSettings;
import dev.tierway.domain.routing.PrefixHashes;
import org.junit.jupiter.api.Test;

/** The table of cached beginnings at its edges. */
class PrefixTableBoundariesTest {
    private static final long NOW = 5_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final PrefixTable table = new PrefixTable();

    /** Sessions that share one set of four. */
    private static PrefixHashes session(long i) {
        return PrefixHashes.NONE.inSession(i << 40);
    }

    private int held(long session, long now) {
        return table.heldTokens(session(session), Long.MAX_VALUE, PromptCacheSettings.DEFAULTS, now);
    }

    @Test
    void a_prompt_of_one_known_beginning_is_found() {
        PrefixHashes prompt = new PrefixHashes(new long[] {5}, new int[] {1500});
        table.remember(prompt, 1500, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(table.heldTokens(prompt, 9000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(1500);
    }

    @Test
    void the_longer_of_session_and_content_counts() {
        PrefixHashes prompt = new PrefixHashes(new long[] {5}, new int[] {1500});
        table.remember(prompt, 1500, PromptCacheSettings.DEFAULTS, NOW);
        table.remember(session(1), 4000, PromptCacheSettings.DEFAULTS, NOW);
        table.remember(session(2), 1100, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(table.heldTokens(prompt.inSession(1L << 40), 9000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(4000);
        assertThat(table.heldTokens(prompt.inSession(2L << 40), 9000, PromptCacheSettings.DEFAULTS, NOW))
                .isEqualTo(1500);
    }

    @Test
    void a_session_too_short_to_be_cached_is_not_remembered() {
        table.remember(session(1), 1023, PromptCacheSettings.DEFAULTS, NOW);
        table.remember(session(2), 1024, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(held(1, NOW)).isZero();
        assertThat(held(2, NOW)).isEqualTo(1024);
    }

    @Test
    void a_session_that_grew_holds_what_its_last_call_sent() {
        table.remember(session(1), 3000, PromptCacheSettings.DEFAULTS, NOW);
        table.remember(session(1), 5000, PromptCacheSettings.DEFAULTS, NOW + SECOND);

        assertThat(held(1, NOW + SECOND)).isEqualTo(5000);
        assertThat(held(1, NOW + 301 * SECOND))
                .as("five minutes after the last")
                .isEqualTo(5000);
        assertThat(held(1, NOW + 302 * SECOND)).isZero();
    }

    @Test
    void a_session_that_comes_again_and_again_takes_nobody_elses_place() {
        for (long i = 1; i <= 4; i++) {
            table.remember(session(i), 2000, PromptCacheSettings.DEFAULTS, NOW + i * SECOND);
        }
        table.remember(session(4), 2000, PromptCacheSettings.DEFAULTS, NOW + 5 * SECOND);
        table.remember(session(1), 2000, PromptCacheSettings.DEFAULTS, NOW + 6 * SECOND);
        table.remember(session(1), 2000, PromptCacheSettings.DEFAULTS, NOW + 7 * SECOND);

        for (long i = 1; i <= 4; i++) {
            assertThat(held(i, NOW + 8 * SECOND)).as("session %d", i).isEqualTo(2000);
        }
    }

    @Test
    void more_tokens_than_an_entry_can_hold_are_held_as_its_most() {
        table.remember(session(1), 5_000_000, PromptCacheSettings.DEFAULTS, NOW);

        assertThat(held(1, NOW)).isEqualTo((1 << 20) - 1);
    }
}
