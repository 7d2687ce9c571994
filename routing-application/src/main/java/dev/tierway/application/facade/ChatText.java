package dev.tierway.application.facade;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Part;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.application.rules.TextTail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request in neutral types, as rules look at it: it has text, and no headers. */
public record ChatText(ChatRequest request) implements RequestDetails {
    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public String text(int mostBytes) {
        TextTail tail = new TextTail(mostBytes);
        for (ChatMessage message : request.messages().reversed()) {
            List<Part> parts = message.parts();
            for (Part part : parts.reversed()) {
                if (tail.full()) {
                    return tail.text();
                }
                if (part instanceof Part.Text(String text)) {
                    tail.precede(text);
                }
            }
        }
        return tail.text();
    }
}
