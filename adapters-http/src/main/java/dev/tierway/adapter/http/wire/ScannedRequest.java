package dev.tierway.adapter.http.wire;

import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireRequest;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a body found, whatever its format.
 *
 * @param model the address called
 * @param options where the value of the {@code tierway} member stands; null if there is none
 * @param usageAsked whether the caller wants its stream to end with usage
 * @param user the caller's name for its user; null if none
 * @param cacheKey the caller's name for what its calls share, such as {@code prompt_cache_key}; null if none
 * @param payload the body with its splices, to be forwarded or decoded
 * @param text the end of what is asked in words, at most so many bytes of UTF-8, for rules that look at it
 */
public record ScannedRequest(
        String model,
        WireRequest.@Nullable Span options,
        boolean usageAsked,
        @Nullable String user,
        @Nullable String cacheKey,
        RequestFacts facts,
        Payload payload,
        IntFunction<String> text) {
    public boolean stream() {
        return facts.stream();
    }
}
