package dev.tierway.application.plugin;

import dev.tierway.application.chat.NeutralReply;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.money.TokenUsage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a plugin makes of a request. */
public sealed interface RequestVerdict {
    /** The request goes on as it is. */
    static RequestVerdict go() {
        return Go.SILENTLY;
    }

    /** The same, with a word in the call's decision. Nothing of the prompt belongs there. */
    static RequestVerdict go(String note) {
        return new Go(note);
    }

    /** Another request goes on. */
    static RequestVerdict change(NeutralRequest request, String what) {
        return new Change(request, null, null, Map.of(), what);
    }

    /** The request goes on as it is, with these headers to the vendor. */
    static RequestVerdict headers(Map<String, String> headers) {
        return new Change(
                null,
                null,
                null,
                headers,
                "headers " + String.join(", ", headers.keySet()).toLowerCase(Locale.ROOT));
    }

    /** The call ends with {@link dev.tierway.application.error.CallDeniedException}, 400 {@code call_denied}. */
    static RequestVerdict deny(String reason) {
        return new Deny(reason);
    }

    /** The call ends with this answer; nobody is asked, and it costs nothing. */
    static RequestVerdict answer(NeutralReply reply) {
        return new Answer(ReplyPieces.of(reply), false, ReplyPieces.usage(reply));
    }

    /** @param note null: nothing to say */
    record Go(@Nullable String note) implements RequestVerdict {
        private static final Go SILENTLY = new Go(null);
    }

    /**
     * Something else goes on; null leaves a part as it is.
     *
     * @param headers for the vendor: only those {@link UpstreamHeaders} lets pass
     * @param what was changed, in words without anything of the prompt
     */
    record Change(
            @Nullable NeutralRequest request,
            @Nullable Target target,
            @Nullable CallOptions options,
            Map<String, String> headers,
            String what)
            implements RequestVerdict {
        /** @throws IllegalArgumentException for a header that must not be set */
        public Change {
            Map<String, String> checked = new LinkedHashMap<>();
            headers.forEach((name, value) -> checked.put(UpstreamHeaders.checked(name, value), value));
            headers = Collections.unmodifiableMap(checked);
        }

        /** Whether routing could come out otherwise. */
        boolean routed() {
            return request != null || target != null || options != null;
        }
    }

    /** @param reason for the caller */
    record Deny(String reason) implements RequestVerdict {}

    /**
     * The plugin answers.
     *
     * @param events of a stream all of them, else one
     * @param cached whether it is an answer given before
     * @param usage as the answer tells it
     */
    record Answer(List<ReplyEvent> events, boolean cached, TokenUsage usage) implements RequestVerdict {
        public Answer {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("an answer without events is no answer");
            }
        }

        /** As the caller wants them: whole chat answers are taken apart for a stream. */
        public List<ReplyEvent> events(boolean stream) {
            return stream ? ReplyPieces.streamed(events) : events;
        }
    }
}
