package dev.tierway.adapter.providers.wire;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer as the vendor told it.
 *
 * @param choices at least one
 * @param usage null if none was reported, or one that can't be true
 */
public record DecodedReply(
        String id,
        String model,
        long createdEpochSeconds,
        List<ChatResponse.Choice> choices,
        @Nullable TokenUsage usage) {
    public DecodedReply {
        choices = List.copyOf(choices);
    }
}
