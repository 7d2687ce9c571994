package dev.tierway.application.port.out;

import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole reply as its caller heard it.
 *
 * @param request what was asked, compared by {@code equals}
 * @param begun who answered; null if nobody did
 * @param bytes what it occupies, roughly
 */
public record KeptReply(
        Object request, @Nullable Answered begun, List<ReplyEvent> events, Selection selection, long bytes) {
    public KeptReply {
        events = List.copyOf(events);
    }

    /**
     * What was known when the answer began.
     *
     * @param replica null if a plugin answered
     * @param cached whether the answer came out of the response cache; null if none was asked
     */
    public record Answered(
            @Nullable Replica replica,
            int attempts,
            List<String> warnings,
            ReplyHead head,
            @Nullable Boolean cached) {
        public Answered {
            warnings = List.copyOf(warnings);
        }
    }
}
