package dev.tierway.application.facade;

import dev.tierway.application.access.Caller;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.NeutralReply;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.routing.WhyNot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/**
 * Calls from Java. Blocking methods wait on the caller's thread, so that interrupting it cancels the call upstream; on
 * an event loop they refuse and name their asynchronous twin.
 */
public final class ChatCalls {
    private final CallAddress calls;
    private final ExplainRouting explaining;
    private final CallExecutors executors;
    private final Entropy entropy;

    public ChatCalls(CallAddress calls, ExplainRouting explaining, CallExecutors executors, Entropy entropy) {
        this.calls = calls;
        this.explaining = explaining;
        this.executors = executors;
        this.entropy = entropy;
    }

    /**
     * Calls and waits for the whole answer.
     *
     * @throws TierwayException if it didn't deliver
     * @throws IllegalStateException on an event loop
     */
    public Routed<ChatResponse> call(Target target, ChatRequest request, CallOptions options) {
        refuseOnEventLoop("callAsync");
        return waitFor(ChatResponse.class, command(target, request, options, false));
    }

    /**
     * Asks for embeddings and waits for them.
     *
     * @throws TierwayException if they weren't delivered
     * @throws IllegalStateException on an event loop
     */
    public Routed<EmbeddingResponse> embed(Target target, EmbeddingRequest request, CallOptions options) {
        refuseOnEventLoop("embedAsync");
        return waitFor(EmbeddingResponse.class, command(target, request, options));
    }

    private <T extends NeutralReply> Routed<T> waitFor(Class<T> kind, CallCommand command) {
        UnarySink<T> sink = new UnarySink<>(kind);
        CallHandle handle = calls.call(command, sink);
        try {
            return sink.answer().get();
        } catch (InterruptedException interrupted) {
            handle.leave();
            Thread.currentThread().interrupt();
            throw new CallCancelledException(
                    TierwayException.Details.of(499, "cancelled", "interrupted while waiting for the answer"));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof TierwayException known
                    ? known
                    : new IllegalStateException("the call broke", failed.getCause());
        }
    }

    /** The same without waiting. Cancelling the future cancels the call upstream; it completes on a virtual thread. */
    public CompletableFuture<Routed<ChatResponse>> callAsync(Target target, ChatRequest request, CallOptions options) {
        return promise(ChatResponse.class, command(target, request, options, false));
    }

    /** The same without waiting, like {@link #callAsync}. */
    public CompletableFuture<Routed<EmbeddingResponse>> embedAsync(
            Target target, EmbeddingRequest request, CallOptions options) {
        return promise(EmbeddingResponse.class, command(target, request, options));
    }

    private <T extends NeutralReply> CompletableFuture<Routed<T>> promise(Class<T> kind, CallCommand command) {
        UnarySink<T> sink = new UnarySink<>(kind);
        CallHandle handle;
        try {
            handle = calls.call(command, sink);
        } catch (TierwayException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CancellingFuture<Routed<T>> future = new CancellingFuture<>(handle::leave);
        sink.onAnswer((routed, failure) -> Thread.startVirtualThread(() -> future.settle(routed, failure)));
        return future;
    }

    /**
     * Calls for a streamed answer. Returns at once; the first {@code next()} waits for the first piece.
     *
     * @throws IllegalStateException on an event loop
     */
    public ChatStream stream(Target target, ChatRequest request, CallOptions options) {
        refuseOnEventLoop("streamAsync");
        ChatStream stream = new ChatStream();
        stream.attach(calls.call(command(target, request, options, true), stream.sink()));
        return stream;
    }

    /**
     * The same without waiting. For one subscriber; the call starts when it first asks for something. Signals come one at
     * a time, on the call's event loop or on the thread that asks: they must not block.
     */
    public Flow.Publisher<ChatEvent> streamAsync(Target target, ChatRequest request, CallOptions options) {
        CallCommand command = command(target, request, options, true);
        return subscriber -> ChatSubscription.start(calls, command, subscriber);
    }

    /** Decides without calling anybody. */
    public Selection explain(Target target, ChatRequest request, CallOptions options) {
        return explaining.explain(command(target, request, options, false));
    }

    public Selection explain(Target target, EmbeddingRequest request, CallOptions options) {
        return explaining.explain(command(target, request, options));
    }

    /**
     * Why a replica isn't the one such a call would go to, and the least that would put it first; empty if it isn't a
     * candidate.
     */
    public Optional<WhyNot> whyNot(Target target, ChatRequest request, CallOptions options, ReplicaId replica) {
        return Optional.ofNullable(DecisionExplainer.whyNot(replica.value(), explain(target, request, options)));
    }

    private CallCommand command(Target target, ChatRequest request, CallOptions options, boolean stream) {
        return command(target, request, ChatFacts.of(request, stream), options, new ChatText(request));
    }

    private CallCommand command(Target target, EmbeddingRequest request, CallOptions options) {
        return command(target, request, EmbeddingText.facts(request), options, new EmbeddingText(request));
    }

    private CallCommand command(
            Target target, NeutralRequest request, RequestFacts facts, CallOptions options, RequestDetails details) {
        String requestId = "req_" + Long.toUnsignedString(entropy.nextLong(), 36);
        return new CallCommand(target, new Payload.Neutral(request), facts, options, requestId, Caller.ANYONE, details);
    }

    private void refuseOnEventLoop(String twin) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait; use " + twin);
        }
    }
}
