package dev.tierway.adapter.http.wire;

import dev.tierway.application.chat.ChatRequest;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decodes a body into neutral types when somebody asks, and remembers it: a spilled call may ask again. */
public final class DecodedOnce implements Supplier<ChatRequest> {
    private final byte[] body;
    private final Function<byte[], ChatRequest> decoder;
    private volatile @Nullable ChatRequest decoded;

    /** @param decoder throws {@link dev.tierway.application.error.InvalidRequestException} for what it can't take */
    public DecodedOnce(byte[] body, Function<byte[], ChatRequest> decoder) {
        this.body = body;
        this.decoder = decoder;
    }

    @Override
    public ChatRequest get() {
        ChatRequest known = decoded;
        if (known == null) {
            known = decoder.apply(body);
            decoded = known;
        }
        return known;
    }
}
