package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.ReplyAssembler;
import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.money.TokenUsage;
import java.util.function.Consumer;

/** How a conversation asks the model: for whole answers or in pieces. Waits. */
interface ModelVoice {
    Routed<ChatResponse> ask(Target target, ChatRequest request, CallOptions options, int step);

    static ModelVoice whole(ChatCalls calls) {
        return (target, request, options, step) -> calls.call(target, request, options);
    }

    /** @param pieces hears each as it comes */
    static ModelVoice streamed(ChatCalls calls, Consumer<ToolEvent> pieces) {
        return (target, request, options, step) -> {
            ReplyAssembler whole = new ReplyAssembler();
            try (ChatStream stream = calls.stream(target, request, options)) {
                for (ChatEvent event : stream) {
                    whole.add(event);
                    pieces.accept(new ToolEvent.Piece(step, event));
                }
                return new Routed<>(
                        whole.whole(stream.usage().orElseGet(() -> TokenUsage.estimated(0, 0))), stream.selection());
            }
        };
    }
}
