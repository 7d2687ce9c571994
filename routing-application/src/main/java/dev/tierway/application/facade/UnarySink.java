package dev.tierway.application.facade;

import dev.tierway.application.chat.NeutralReply;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Collects a whole answer of one kind. */
final class UnarySink<T extends NeutralReply> implements ReplySink {
    private final Class<T> kind;
    private final CompletableFuture<Routed<T>> answer = new CompletableFuture<>();
    private @Nullable T response;

    UnarySink(Class<T> kind) {
        this.kind = kind;
    }

    CompletableFuture<Routed<T>> answer() {
        return answer;
    }

    /** Runs when the answer or the failure is there. */
    void onAnswer(BiConsumer<@Nullable Routed<T>, @Nullable Throwable> then) {
        var unused = answer.whenComplete(then);
    }

    @Override
    public void begin(Begun begun) {}

    @Override
    public void event(ReplyEvent event) {
        if (event instanceof ReplyEvent.Whole(NeutralReply whole)) {
            response = kind.cast(whole);
        }
    }

    @Override
    public void refused(TierwayException why) {
        answer.completeExceptionally(why);
    }

    @Override
    public void end(Selection selection) {
        T whole = response;
        if (!(selection.result() instanceof CallResult.Answer)) {
            answer.completeExceptionally(Errors.of(selection));
        } else if (whole == null) {
            answer.completeExceptionally(new IllegalStateException("delivered without an answer"));
        } else {
            answer.complete(new Routed<>(whole, selection));
        }
    }
}
