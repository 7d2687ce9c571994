package dev.tierway.application.plugin.builtin;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.facade.ChatFacts;
import dev.tierway.application.facade.ChatText;
import dev.tierway.application.facade.EmbeddingText;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.catalogue.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as plugins see them. */
final class PluginCalls {
    private PluginCalls() {}

    static PluginCall of(NeutralRequest request) {
        return of(request, false, null, Map.of());
    }

    static PluginCall of(NeutralRequest request, boolean stream, @Nullable String key, Map<String, String> headers) {
        return of(request, stream, key, headers, "tier:mid", CallOptions.NONE);
    }

    static PluginCall of(
            NeutralRequest request,
            boolean stream,
            @Nullable String key,
            Map<String, String> headers,
            String address,
            CallOptions options) {
        RequestDetails words = switch (request) {
            case ChatRequest chat -> new ChatText(chat);
            case EmbeddingRequest embeddings -> new EmbeddingText(embeddings);
        };
        RequestDetails details = new RequestDetails() {
            @Override
            public @Nullable String header(String name) {
                return headers.get(name);
            }

            @Override
            public String text(int mostBytes) {
                return words.text(mostBytes);
            }
        };
        return new PluginCall(
                "dec_1",
                new CallCommand(
                        Target.parse(address),
                        new Payload.Neutral(request),
                        switch (request) {
                            case ChatRequest chat -> ChatFacts.of(chat, stream);
                            case EmbeddingRequest embeddings -> EmbeddingText.facts(embeddings);
                        },
                        options,
                        "req",
                        key == null ? Caller.ANYONE : new Caller(key, Grant.ALL),
                        details));
    }
}
