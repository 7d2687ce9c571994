package dev.tierway.application.facade;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.Errors;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Collects a whole answer. */
final class UnarySink implements ReplySink {
    private final CompletableFuture<Routed<ChatResponse>> answer = new CompletableFuture<>();
    private @Nullable ChatResponse response;

    CompletableFuture<Routed<ChatResponse>> answer() {
        return answer;
    }

    /** Runs when the answer or the failure is there. */
    void onAnswer(BiConsumer<@Nullable Routed<ChatResponse>, @Nullable Throwable> then) {
        var unused = answer.whenComplete(then);
    }

    @Override
    public void begin(Begun begun) {}

    @Override
    public void event(ReplyEvent event) {
        if (event instanceof ReplyEvent.Whole(ChatResponse whole)) {
            response = whole;
        }
    }

    @Override
    public void end(Selection selection) {
        ChatResponse whole = response;
        if (!(selection.result() instanceof CallResult.Delivered)) {
            answer.completeExceptionally(Errors.of(selection));
        } else if (whole == null) {
            answer.completeExceptionally(new IllegalStateException("delivered without an answer"));
        } else {
            answer.complete(new Routed<>(whole, selection));
        }
    }
}
