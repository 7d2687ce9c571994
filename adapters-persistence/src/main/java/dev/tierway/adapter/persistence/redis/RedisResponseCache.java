package dev.tierway.adapter.persistence.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.plugin.builtin.CachedAnswers;
import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.ResponseCache;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers that several instances share. How many there is room for, and which go first, is the server's business ({@code
 * maxmemory}, {@code maxmemory-policy}). What another version wrote counts as not there.
 */
public final class RedisResponseCache implements ResponseCache {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisLink link;
    private final String prefix;

    /** @param link closed with this */
    public RedisResponseCache(RedisLink link) {
        this.link = link;
        // Not in braces: in a cluster answers may lie on any server.
        this.prefix = "tierway:" + link.options().keyPrefix() + ":answer:";
    }

    @Override
    public CompletionStage<Optional<CachedAnswer>> find(String key) {
        return link.inTime(link.get(prefix + key)).thenApply(RedisResponseCache::read);
    }

    private static Optional<CachedAnswer> read(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(CachedAnswers.of(JSON.readValue(text, Map.class)));
        } catch (JsonProcessingException | IllegalArgumentException anotherVersions) {
            return Optional.empty();
        }
    }

    @Override
    public CompletionStage<@Nullable Void> keep(String key, CachedAnswer answer, Duration lasting) {
        try {
            String text = JSON.writeValueAsString(CachedAnswers.plain(answer));
            return link.inTime(link.put(prefix + key, text, lasting)).thenApply(done -> null);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
