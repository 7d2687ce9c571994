package dev.tierway.application.plugin;

import dev.tierway.application.port.out.ReplyEvent;
import java.util.List;

/** What a plugin makes of a piece of a streamed answer. */
public sealed interface EventVerdict {
    static EventVerdict keep() {
        return Keep.IT;
    }

    /** These instead: none holds it back for later. */
    static EventVerdict replace(List<ReplyEvent> events) {
        return new Replace(events);
    }

    /** The stream ends here, with an error event. */
    static EventVerdict deny(String reason) {
        return new Deny(reason);
    }

    record Keep() implements EventVerdict {
        private static final Keep IT = new Keep();
    }

    record Replace(List<ReplyEvent> events) implements EventVerdict {
        public Replace {
            events = List.copyOf(events);
        }
    }

    /** @param reason for the caller */
    record Deny(String reason) implements EventVerdict {}
}
