package dev.tierway.application.port.out;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;

/**
 * An answer that can be given again.
 *
 * @param events of a stream all of them, else one
 * @param usage of the one who made it
 */
public record CachedAnswer(List<ReplyEvent> events, TokenUsage usage) {
    public CachedAnswer {
        events = List.copyOf(events);
    }

    /** Bytes it occupies, roughly. */
    public long size() {
        long size = 256;
        for (ReplyEvent event : events) {
            size += 32 + size(event);
        }
        return size;
    }

    /** Bytes one event occupies, roughly. */
    public static long size(ReplyEvent event) {
        return switch (event) {
            case ReplyEvent.Frame frame -> frame.bytes().length;
            // Their texts are what counts, and what their words hold.
            case ReplyEvent.Piece(var piece) -> 2L * piece.toString().length();
            case ReplyEvent.Whole(var reply) -> 2L * reply.toString().length();
        };
    }
}
