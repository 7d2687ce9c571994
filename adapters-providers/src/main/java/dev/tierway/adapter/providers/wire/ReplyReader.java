package dev.tierway.adapter.providers.wire;

import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Makes events of a reply's body. */
public interface ReplyReader {
    void bytes(byte[] bytes);

    /** The body is complete. */
    void ended();

    /** What the attempt's end is called, if the body ends here for a reason outside it; with the usage seen. */
    Failure cut(Failure why);

    /** What has been used up so far; null if nothing is known. */
    @Nullable
    TokenUsage used();

    /** Hears what a reader finds; nothing after an ending. */
    interface Findings {
        void event(ReplyEvent event);

        /** The reply's embeddings all have that many numbers; comes before them. */
        default void embedded(int dimensions) {}

        void end(TokenUsage usage);

        void failed(Failure failure);
    }
}
