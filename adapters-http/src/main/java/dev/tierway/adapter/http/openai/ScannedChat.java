package dev.tierway.adapter.http.openai;

import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.WireRequest;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a chat completion's body found.
 *
 * @param model the address called
 * @param options where the value of the {@code tierway} member stands; null if there is none
 * @param usageAsked whether the caller wants its stream to end with usage
 * @param user the caller's name for its user; null if none
 * @param cacheKey {@code prompt_cache_key}; null if none
 * @param wire the body with its splices, to be forwarded or decoded
 * @param text of the messages, for rules that ask for it
 */
public record ScannedChat(
        String model,
        WireRequest.@Nullable Span options,
        boolean usageAsked,
        @Nullable String user,
        @Nullable String cacheKey,
        RequestFacts facts,
        WireRequest wire,
        MessageText text) {
    public boolean stream() {
        return facts.stream();
    }
}
