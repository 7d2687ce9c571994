package dev.tierway.application.plugin;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.facade.ChatFacts;
import dev.tierway.application.facade.ChatText;
import dev.tierway.application.facade.EmbeddingText;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import org.jspecify.annotations.Nullable;

/** A call after a plugin changed it: what routing looks at is found out anew. */
public final class ChangedCall {
    private ChangedCall() {}

    static CallCommand of(CallCommand before, RequestVerdict.Change change) {
        NeutralRequest request = change.request();
        CallCommand asked = request == null ? before : of(before, request);
        return new CallCommand(
                change.target() == null ? asked.target() : change.target(),
                asked.payload(),
                asked.facts(),
                change.options() == null ? asked.options() : change.options(),
                asked.requestId(),
                asked.caller(),
                asked.details());
    }

    /** The same call with another request, in neutral types. */
    public static CallCommand of(CallCommand before, NeutralRequest request) {
        RequestFacts facts = switch (request) {
            case ChatRequest chat -> ChatFacts.of(chat, before.facts().stream());
            case EmbeddingRequest embeddings -> EmbeddingText.facts(embeddings);
        };
        RequestDetails text = switch (request) {
            case ChatRequest chat -> new ChatText(chat);
            case EmbeddingRequest embeddings -> new EmbeddingText(embeddings);
        };
        return new CallCommand(
                before.target(),
                new Payload.Neutral(request),
                facts,
                before.options(),
                before.requestId(),
                before.caller(),
                new Details(before.details(), text));
    }

    /** Headers as they came, text as it is now. */
    private record Details(RequestDetails headers, RequestDetails words) implements RequestDetails {
        @Override
        public @Nullable String header(String name) {
            return headers.header(name);
        }

        @Override
        public String text(int mostBytes) {
            return words.text(mostBytes);
        }
    }
}
