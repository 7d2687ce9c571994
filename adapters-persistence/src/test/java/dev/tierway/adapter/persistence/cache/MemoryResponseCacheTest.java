package dev.tierway.adapter.persistence.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.money.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryResponseCacheTest {
    private final AtomicLong now = new AtomicLong();
    private final MemoryResponseCache cache = new MemoryResponseCache(1 << 20, now::get);

    private static CachedAnswer answer(int bytes) {
        return new CachedAnswer(
                List.of(new ReplyEvent.Frame(new byte[bytes], ReplyEvent.Frame.Kind.SEMANTIC)),
                TokenUsage.reported(1, 1));
    }

    private Optional<CachedAnswer> find(String key) {
        return cache.find(key).toCompletableFuture().join();
    }

    @Test
    void an_answer_is_there_until_its_time_is_over() {
        CachedAnswer answer = answer(10);
        cache.keep("k", answer, Duration.ofSeconds(60));
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(find("k")).containsSame(answer);
        assertThat(find("other")).isEmpty();

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(find("k")).isEmpty();
    }

    @Test
    void all_answers_together_stay_below_the_bound() {
        for (int i = 0; i < 200; i++) {
            cache.keep("k" + i, answer(50_000), Duration.ofHours(1));
        }
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long kept = kept();
        while (kept > 20 && System.nanoTime() < until) {
            kept = kept();
        }
        assertThat(kept).isBetween(1L, 20L);
    }

    private long kept() {
        long kept = 0;
        for (int i = 0; i < 200; i++) {
            kept += find("k" + i).isPresent() ? 1 : 0;
        }
        return kept;
    }
}
