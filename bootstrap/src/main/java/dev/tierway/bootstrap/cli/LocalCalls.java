package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.explain.Detail;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.cli.remote.Chat;
import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Target;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls in this process: nothing has been measured yet, so health is cold. */
final class LocalCalls implements Calls {
    private final Tierway tierway;

    LocalCalls(Tierway tierway) {
        this.tierway = tierway;
    }

    @Override
    public JsonNode explain(Target target, String text, @Nullable String whyNot) {
        Selection selection = tierway.explain(target, ChatRequest.of(text), CallOptions.NONE);
        return Documents.tree(
                DecisionExplainer.document(selection, new Detail(whyNot, false)).json());
    }

    @Override
    public Chat.Answer call(Target target, String text) {
        Routed<ChatResponse> routed = tierway.call(target, ChatRequest.of(text), CallOptions.NONE);
        return new Chat.Answer(routed.response().text(), document(routed.selection()), 1);
    }

    @Override
    public Chat.Answer stream(Target target, String text, Consumer<String> piece) {
        int pieces = 0;
        try (ChatStream stream = tierway.stream(target, ChatRequest.of(text), CallOptions.NONE)) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.TextDelta(int choice, String delta) && choice == 0) {
                    pieces++;
                    piece.accept(delta);
                }
            }
            return new Chat.Answer(stream.text(), document(stream.selection()), pieces);
        }
    }

    private static JsonNode document(Selection selection) {
        return Documents.tree(DecisionExplainer.document(selection).json());
    }

    @Override
    public void close() {
        tierway.close();
    }
}
