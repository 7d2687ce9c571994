package dev.tierway.adapter.persistence.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ResponseCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers in this process: bounded by their bytes, those asked for least go first. */
public final class MemoryResponseCache implements ResponseCache {
    private final Cache<String, Kept> answers;

    private record Kept(CachedAnswer answer, long nanos, int bytes) {}

    /** @param mostBytes of all answers together, roughly */
    public MemoryResponseCache(long mostBytes, MonotonicClock clock) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String key, Kept kept) -> kept.bytes())
                .expireAfter(Expiry.creating((String key, Kept kept) -> Duration.ofNanos(kept.nanos())))
                .ticker(clock::nanos)
                .build();
    }

    @Override
    public CompletionStage<Optional<CachedAnswer>> find(String key) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(answers.getIfPresent(key)).map(Kept::answer));
    }

    @Override
    public CompletionStage<@Nullable Void> keep(String key, CachedAnswer answer, Duration lasting) {
        int bytes = (int) Math.min(Integer.MAX_VALUE, answer.size() + 2L * key.length());
        answers.put(key, new Kept(answer, lasting.toNanos(), bytes));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        answers.invalidateAll();
    }
}
