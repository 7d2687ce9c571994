package dev.tierway.adapter.providers.wire;

import dev.tierway.application.chat.ChatEvent;
import java.util.List;

/** What one event of a vendor's stream holds. */
public sealed interface DecodedEvent {
    /** Nothing for anybody: a ping. */
    DecodedEvent NOTHING = new Pieces(List.of(), false);

    /** @param last whether the stream is complete with it */
    record Pieces(List<ChatEvent> pieces, boolean last) implements DecodedEvent {
        public Pieces {
            pieces = List.copyOf(pieces);
        }
    }

    record Failed(VendorError error) implements DecodedEvent {}
}
