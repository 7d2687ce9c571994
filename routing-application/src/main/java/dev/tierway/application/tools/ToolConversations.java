package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.ToolSource;
import dev.tierway.domain.catalogue.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Calls with tools from Java: the model is asked, the tools it calls run, it reads their results, and so on until it calls no
 * more. Every step is a call like any other, with its own decision, through the same tier, model, replica or route.
 */
public final class ToolConversations {
    private final ChatCalls calls;
    private final Map<String, ToolSource> sources = new LinkedHashMap<>();
    private final ToolParts parts;
    private final CallExecutors executors;
    private final List<RoutingListener> listeners;

    /** @param listeners hear of every use of a tool, and when a conversation's own listener throws */
    public ToolConversations(
            ChatCalls calls,
            List<ToolSource> sources,
            ToolParts parts,
            CallExecutors executors,
            List<RoutingListener> listeners) {
        this.calls = calls;
        sources.forEach(source -> this.sources.put(source.id(), source));
        this.parts = parts;
        this.executors = executors;
        this.listeners = List.copyOf(listeners);
    }

    /** The configured servers, by their ids. */
    public Map<String, ToolSource> sources() {
        return new LinkedHashMap<>(sources);
    }

    /**
     * Runs a conversation to its end. Interrupting the thread cancels the call upstream and the tools that run.
     *
     * @throws TierwayException if a step isn't delivered
     * @throws IllegalStateException on an event loop
     */
    public ToolAnswer call(Target target, ChatRequest request, CallOptions options, ToolOptions tools) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait; use callWithToolsAsync");
        }
        Consumer<ToolEvent> heard = told(tools.listener());
        return run(conversation(target, request, options, tools, ModelVoice.whole(calls), heard));
    }

    /** The same without waiting, on a virtual thread. Cancelling the future cancels the call upstream and the tools. */
    public CompletableFuture<ToolAnswer> callAsync(
            Target target, ChatRequest request, CallOptions options, ToolOptions tools) {
        InterruptingFuture<ToolAnswer> answer = new InterruptingFuture<>();
        answer.runOn(Thread.ofVirtual()
                .name("tierway-tools")
                .unstarted(() -> answer.settle(() -> call(target, request, options, tools))));
        return answer;
    }

    /** The same in pieces. Closing the stream cancels the call upstream and the tools that run. */
    public ToolStream stream(Target target, ChatRequest request, CallOptions options, ToolOptions tools) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait");
        }
        ToolStream stream = new ToolStream();
        Consumer<ToolEvent> heard = told(event -> {
                    tools.listener().on(event);
                })
                .andThen(stream::add);
        ToolConversation conversation =
                conversation(target, request, options, tools, ModelVoice.streamed(calls, heard), heard);
        stream.runOn(Thread.ofVirtual().name("tierway-tools").unstarted(() -> stream.settle(() -> run(conversation))));
        return stream;
    }

    private static ToolAnswer run(ToolConversation conversation) {
        try {
            return conversation.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallCancelledException(
                    TierwayException.Details.of(499, "cancelled", "interrupted while tools ran"));
        }
    }

    private ToolConversation conversation(
            Target target,
            ChatRequest request,
            CallOptions options,
            ToolOptions tools,
            ModelVoice model,
            Consumer<ToolEvent> heard) {
        if (!request.tools().isEmpty()) {
            throw invalid("the request has tools that nobody can run here: give them to the tool options instead");
        }
        if (request.choices() != 1) {
            throw invalid("a conversation with tools has one answer at a time: ask for 1, not " + request.choices());
        }
        return new ToolConversation(target, request, options, tools, wanted(tools), model, parts, heard);
    }

    private List<ToolSource> wanted(ToolOptions tools) {
        if (tools.allServers()) {
            return List.copyOf(sources.values());
        }
        List<ToolSource> wanted = new ArrayList<>();
        for (String id : tools.servers()) {
            ToolSource source = sources.get(id);
            if (source == null) {
                throw invalid("there is no MCP server '" + id + "' in the configuration; there are "
                        + (sources.isEmpty() ? "none" : String.join(", ", sources.keySet())));
            }
            wanted.add(source);
        }
        return wanted;
    }

    private static InvalidRequestException invalid(String words) {
        return new InvalidRequestException(TierwayException.Details.of(400, "invalid_request", words));
    }

    /** A listener that throws must not lose an answer that is paid for. */
    private Consumer<ToolEvent> told(ToolListener listener) {
        return event -> {
            guard(() -> listener.on(event));
            if (event instanceof ToolEvent.ToolEnded(int step, ToolUse use)) {
                listeners.forEach(one ->
                        guard(() -> one.toolUsed(use.call().name(), use.end().id(), use.took())));
            }
        };
    }

    private void guard(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException broken) {
            listeners.forEach(listener -> listener.internalError("tools", broken));
        }
    }
}
