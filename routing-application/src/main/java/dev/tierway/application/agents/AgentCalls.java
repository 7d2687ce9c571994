package dev.tierway.application.agents;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.LimitExceededException;
import dev.tierway.application.error.LoopDetectedException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.facade.ChatFacts;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that name an agent or a workflow: held to their time, and looked through for loops. What else limits them is reserved like
 * any caller's limit. All other calls go on as they are.
 */
final class AgentCalls implements CallAddress {
    /** What calls of agents are held with. */
    record Parts(CallExecutors executors, WallClock wallClock, Entropy entropy, LoopReply.Finder finder) {}

    private final CallAddress calls;
    private final AgentLimits limits;
    private final FirstCalls first;
    private final LoopWatch watch;
    private final Supplier<LoopSettings> settings;
    private final Parts parts;

    AgentCalls(
            CallAddress calls,
            AgentLimits limits,
            FirstCalls first,
            LoopWatch watch,
            Supplier<LoopSettings> settings,
            Parts parts) {
        this.calls = calls;
        this.limits = limits;
        this.first = first;
        this.watch = watch;
        this.settings = settings;
        this.parts = parts;
    }

    @Override
    public CallHandle call(CallCommand command, ReplySink sink) {
        CallOptions options = command.options();
        if (options.agent() == null && options.workflow() == null) {
            return calls.call(command, sink);
        }
        List<LimitedScope> timed = limits.scopes(command).stream()
                .filter(scope -> scope.limits().elapsed() != null)
                .toList();
        CompletionStage<?> unknown = unknown(timed);
        if (unknown == null) {
            return begin(command, sink, timed);
        }
        WaitingCall call = new WaitingCall(
                "wait_" + Long.toUnsignedString(parts.entropy().nextLong(), 36),
                parts.executors().forCall(),
                sink,
                () -> begin(command, sink, timed));
        call.after(unknown);
        return call;
    }

    /** Completes once all first calls are known; null if they are. */
    private @Nullable CompletionStage<?> unknown(List<LimitedScope> timed) {
        List<CompletableFuture<?>> asked = new ArrayList<>(0);
        for (LimitedScope scope : timed) {
            if (first.known(scope) == null) {
                asked.add(first.find(scope).toCompletableFuture());
            }
        }
        return asked.isEmpty() ? null : CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
    }

    private CallHandle begin(CallCommand command, ReplySink sink, List<LimitedScope> timed) {
        timed.forEach(this::requireTime);
        LoopSettings how = settings.get();
        if (!how.on() || command.payload().operation() != Operation.CHAT) {
            return calls.call(command, sink);
        }
        LoopWatch.Track track = track(command);
        LoopAction action = how.rules().action();
        List<Loop> found = switch (action) {
            case WARN -> List.of();
            case HINT -> watch.take(track);
            case STOP -> watch.loops(track);
        };
        if (action == LoopAction.STOP && !found.isEmpty()) {
            throw stopped(found.getFirst(), track);
        }
        LoopReply reply = new LoopReply(sink, command, track, how, watch, parts.finder());
        if (found.isEmpty()) {
            return calls.call(command, reply);
        }
        String hint = hint(found);
        reply.hinted(hint);
        return calls.call(with(hint, command), reply);
    }

    private void requireTime(LimitedScope scope) {
        Long began = first.known(scope);
        Duration allowed = scope.limits().elapsed();
        if (began == null || allowed == null) {
            return;
        }
        Duration used = Duration.ofMillis(Math.max(0, parts.wallClock().epochMillis() - began));
        if (used.compareTo(allowed) >= 0) {
            String words = "limit 'elapsed' of " + scope.words() + " allows " + seconds(allowed)
                    + " since the first call, of which " + seconds(used) + " are used; waiting doesn't help"
                    + LimitWords.RAISE;
            throw new LimitExceededException(
                    Details.of(402, "limit_exceeded", words), "elapsed", seconds(used), seconds(allowed));
        }
    }

    static String seconds(Duration time) {
        return time.toSeconds() + "s";
    }

    private LoopWatch.Track track(CallCommand command) {
        String agent = command.options().agent();
        String workflow = command.options().workflow();
        // Agents of one workflow are looked at together: what resets one of them resets none of the others.
        String alone = workflow == null ? agent : null;
        long epoch = limits.reset(alone, workflow).epoch();
        return new LoopWatch.Track(command.key(), workflow, alone, epoch);
    }

    private static LoopDetectedException stopped(Loop loop, LoopWatch.Track track) {
        return new LoopDetectedException(
                Details.of(
                        422,
                        "loop_detected",
                        loop.message()
                                + "; agents.loops.action is stop, so this call is refused. Once the cause is gone, "
                                + reset(track) + " lets it go on; a new run takes another name"),
                loop);
    }

    static String reset(LoopWatch.Track track) {
        return track.workflow() != null
                ? "tierway agents reset --workflow '" + track.workflow() + "'"
                : "tierway agents reset --agent '" + track.agent() + "'";
    }

    private static String hint(List<Loop> loops) {
        StringBuilder words = new StringBuilder("[from the gateway] This work goes round in circles: ");
        for (Loop loop : loops) {
            words.append(loop.message()).append(". ");
        }
        return words.append(
                        "Do something else than before: another way, other arguments, or say what is missing and stop.")
                .toString();
    }

    /** The request with one more message, in neutral types: bytes can't be added to in every dialect. */
    private static CallCommand with(String hint, CallCommand command) {
        ChatRequest asked = command.payload().chat();
        List<ChatMessage> messages = new ArrayList<>(asked.messages());
        messages.add(ChatMessage.user(hint));
        ChatRequest hinted = asked.with(messages);
        return new CallCommand(
                command.target(),
                new Payload.Neutral(hinted),
                ChatFacts.of(hinted, command.facts().stream()),
                command.options(),
                command.requestId(),
                command.caller(),
                command.details());
    }
}
