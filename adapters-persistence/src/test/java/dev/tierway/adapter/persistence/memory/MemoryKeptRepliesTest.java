package dev.tierway.adapter.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Decisions;
import dev.tierway.application.port.out.KeptReplies;
import dev.tierway.application.port.out.KeptReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryKeptRepliesTest {
    private final AtomicLong now = new AtomicLong();
    private final MemoryKeptReplies replies =
            new MemoryKeptReplies(Duration.ofHours(24), 100 * 1024, 50 * 1024, now::get);

    private static KeptReplies.Name name(String caller, String key) {
        return new KeptReplies.Name(caller, key);
    }

    private static KeptReply reply(long bytes) {
        return new KeptReply("asked", null, List.of(), Decisions.named("dec_1").delivered(), bytes);
    }

    @Test
    void a_reply_is_found_under_its_callers_key_for_a_day() {
        KeptReply kept = reply(1024);
        replies.keep(name("a", "k"), kept);

        assertThat(replies.find(name("a", "k"))).isSameAs(kept);
        assertThat(replies.find(name("b", "k"))).isNull();
        now.addAndGet(Duration.ofHours(23).toNanos());
        assertThat(replies.find(name("a", "k"))).isSameAs(kept);
        now.addAndGet(Duration.ofHours(2).toNanos());
        assertThat(replies.find(name("a", "k"))).isNull();
    }

    @Test
    void all_of_them_together_stay_within_their_bytes() {
        for (int i = 0; i < 200; i++) {
            replies.keep(name("a", "k" + i), reply(10 * 1024));
        }

        assertThat(replies.size()).isBetween(1L, 10L);
    }

    @Test
    void one_is_no_larger_than_all_of_them() {
        assertThat(replies.mostBytes()).isEqualTo(50 * 1024);
        assertThat(new MemoryKeptReplies(Duration.ofHours(1), 10, 100, now::get).mostBytes())
                .isEqualTo(10);
    }
}
