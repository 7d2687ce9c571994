package dev.tierway.adapter.http.openai;

import dev.tierway.application.chat.ChatRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decodes a body into neutral types when somebody asks, and remembers it: a spilled call may ask again. */
final class DecodedOnce implements Supplier<ChatRequest> {
    private final byte[] body;
    private volatile @Nullable ChatRequest decoded;

    DecodedOnce(byte[] body) {
        this.body = body;
    }

    /** @throws dev.tierway.application.error.InvalidRequestException if it holds what can't be translated */
    @Override
    public ChatRequest get() {
        ChatRequest known = decoded;
        if (known == null) {
            known = OpenAiRequestDecoder.decode(body);
            decoded = known;
        }
        return known;
    }
}
