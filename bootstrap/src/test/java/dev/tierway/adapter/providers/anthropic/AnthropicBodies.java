package dev.tierway.adapter.providers.anthropic;

import dev.tierway.application.chat.ChatRequest;

/** Requests as they leave for Anthropic. */
public final class AnthropicBodies {
    private AnthropicBodies() {}

    public static byte[] written(ChatRequest request, String model) {
        return MessagesRequestEncoder.encode(request, model, null, false);
    }
}
