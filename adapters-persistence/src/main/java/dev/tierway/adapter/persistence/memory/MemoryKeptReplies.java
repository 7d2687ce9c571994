package dev.tierway.adapter.persistence.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tierway.application.port.out.KeptReplies;
import dev.tierway.application.port.out.KeptReply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Replies kept in this process's memory, bounded by their bytes. */
public final class MemoryKeptReplies implements KeptReplies {
    private static final int KIBI = 1024;

    private final Cache<Name, KeptReply> replies;
    private final long mostBytes;

    /**
     * @param keep from when it was kept
     * @param maxBytes of all replies
     * @param maxReplyBytes of one
     * @param ticker a monotonic clock
     */
    public MemoryKeptReplies(Duration keep, long maxBytes, long maxReplyBytes, Ticker ticker) {
        this.mostBytes = Math.min(maxBytes, maxReplyBytes);
        this.replies = Caffeine.newBuilder()
                .expireAfterWrite(keep)
                .maximumWeight(maxBytes / KIBI)
                .weigher((Name name, KeptReply reply) -> (int) Math.min(Integer.MAX_VALUE, 1 + reply.bytes() / KIBI))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public @Nullable KeptReply find(Name name) {
        return replies.getIfPresent(name);
    }

    @Override
    public void keep(Name name, KeptReply reply) {
        replies.put(name, reply);
    }

    @Override
    public long mostBytes() {
        return mostBytes;
    }

    /** Replies kept now. */
    public long size() {
        replies.cleanUp();
        return replies.estimatedSize();
    }
}
