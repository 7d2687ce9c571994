package dev.tierway.application.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many names of callers are counted apart. */
class NamesSeenTest {
    private final NamesSeen names = new NamesSeen();
    private long nowMillis = 1_700_000_000_000L;

    private static Owner agent(String key, String name) {
        return new Owner(Owner.Kind.AGENT, null, key, name, false);
    }

    private Owner counted(Owner owner) {
        return names.counted(owner, nowMillis);
    }

    @BeforeEach
    void key_k_has_named_all_it_may() {
        for (int i = 0; i < NamesSeen.MOST_PER_KEY; i++) {
            assertThat(counted(agent("k", "a" + i)).name()).isEqualTo("a" + i);
        }
    }

    @Test
    void names_beyond_the_most_are_counted_as_one() {
        Owner one = counted(agent("k", "new"));
        assertThat(one).isEqualTo(counted(agent("k", "newer")));
        assertThat(one.isOthers()).isTrue();
        assertThat(one.under()).isEqualTo("/key=k/agent=%other");
        assertThat(counted(new Owner(Owner.Kind.TAG, "team", "k", "x", false)).under())
                .isEqualTo("/key=k/tag:team=%other");
    }

    @Test
    void a_name_that_is_known_keeps_its_own_count() {
        assertThat(counted(agent("k", "a0")).name()).isEqualTo("a0");
    }

    @Test
    void another_key_has_room_of_its_own() {
        assertThat(counted(agent("other", "new")).isOthers()).isFalse();
        assertThat(counted(agent(null, "new")).isOthers()).isFalse();
    }

    @Test
    void nobody_can_name_itself_like_the_others() {
        assertThat(counted(agent("other", "%other")).under()).isEqualTo("/key=other/agent=%25other");
    }

    @Test
    void what_a_rule_counts_together_needs_no_room() {
        Owner all = new Owner(Owner.Kind.AGENT, null, null, "bot", true);
        assertThat(counted(all)).isEqualTo(all);
    }

    @Test
    void a_name_not_heard_for_a_day_makes_room() {
        nowMillis += Duration.ofHours(23).toMillis();
        assertThat(counted(agent("k", "a1")).isOthers()).isFalse();
        assertThat(counted(agent("k", "new")).isOthers()).isTrue();

        nowMillis += Duration.ofHours(2).toMillis();
        assertThat(counted(agent("k", "new")).isOthers()).isFalse();
        assertThat(names.latest()).as("the one heard in between").containsExactly(agent("k", "new"), agent("k", "a1"));
    }
}
