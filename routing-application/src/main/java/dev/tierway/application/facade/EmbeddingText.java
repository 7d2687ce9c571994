package dev.tierway.application.facade;

import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.rules.TextTail;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request for embeddings, as rules and routing look at it. */
public record EmbeddingText(EmbeddingRequest request) implements RequestDetails {
    /** What routing needs to know of it. */
    public static RequestFacts facts(EmbeddingRequest request) {
        long bytes = 0;
        for (String input : request.inputs()) {
            bytes += input.getBytes(StandardCharsets.UTF_8).length;
        }
        return RequestFacts.ofEmbeddings(bytes, 0, null, Constructs.of(request), request.dimensions());
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public String text(int mostBytes) {
        TextTail tail = new TextTail(mostBytes);
        for (String input : request.inputs().reversed()) {
            if (tail.full()) {
                break;
            }
            tail.precede(input);
        }
        return tail.text();
    }
}
