package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.error.AllReplicasExhaustedException;
import dev.tierway.application.error.DeadlineExceededException;
import dev.tierway.application.error.NoEligibleReplicaException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.ArgumentCheck;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ToolSource;
import dev.tierway.application.toolaccess.ToolAccess;
import dev.tierway.application.toolaccess.Who;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One conversation with tools, on the thread that runs it. */
final class ToolConversation {
    private final Target target;
    private final ChatRequest first;
    private final CallOptions options;
    private final ToolOptions bounds;
    private final List<ToolSource> sources;
    private final ModelVoice model;
    private final ArgumentCheck check;
    private final ToolAccess access;
    private final StepWatch watch;
    private final ToolRunner runner;
    private final MonotonicClock clock;
    private final Consumer<ToolEvent> heard;
    private final Transcript transcript;
    private final List<ToolStep> steps = new ArrayList<>();
    private final long startNanos;

    /** @param parts what all conversations share */
    ToolConversation(
            Target target,
            ChatRequest first,
            CallOptions options,
            ToolOptions bounds,
            List<ToolSource> sources,
            ModelVoice model,
            ToolParts parts,
            Consumer<ToolEvent> heard) {
        this.target = target;
        this.first = first;
        this.options = options;
        this.bounds = bounds;
        this.sources = sources;
        this.model = model;
        this.check = parts.check();
        this.access = parts.access();
        this.watch = parts.watch();
        this.runner = new ToolRunner(bounds, check, access, parts.memory(), heard);
        this.clock = parts.clock();
        this.heard = heard;
        this.transcript = new Transcript(first.messages());
        this.startNanos = clock.nanos();
    }

    /**
     * @throws InterruptedException if the thread is interrupted while tools run
     * @throws TierwayException if a call isn't delivered, or is refused
     */
    ToolAnswer run() throws InterruptedException {
        for (int number = 1; ; number++) {
            Toolbox box = Toolbox.of(bounds, sources);
            box.remove(access.deniedOf(List.copyOf(box.names()), Who.of(options)));
            StepFacts facts = new StepFacts(target, number, of(number), steps);
            ToolStep step = asked(facts, box);
            List<ToolCall> calls =
                    transcript.heard(step.response().choices().getFirst().message(), this::isObject);
            StepWatch.Verdict verdict = watch.after(facts, step);
            heard.accept(new ToolEvent.Answered(step));
            ToolEnd end = end(calls, verdict, number);
            if (end != null) {
                steps.add(step);
                return ToolAnswer.of(steps, transcript.messages(), end);
            }
            List<ToolUse> uses = runner.run(calls, box, number, facts.options());
            transcript.answered(uses);
            if (verdict instanceof StepWatch.Verdict.Hint(String message)) {
                transcript.hint(message);
            }
            steps.add(step.with(uses));
        }
    }

    private @org.jspecify.annotations.Nullable ToolEnd end(
            List<ToolCall> calls, StepWatch.Verdict verdict, int number) {
        if (calls.isEmpty()) {
            return new ToolEnd.Answered();
        }
        if (verdict instanceof StepWatch.Verdict.Stop(String reason)) {
            return new ToolEnd.Stopped(reason);
        }
        return number == bounds.iterations() ? new ToolEnd.MostIterations(number) : null;
    }

    private boolean isObject(ToolCall call) {
        return switch (check.check(null, call.arguments().json())) {
            case ArgumentCheck.Checked.Fit fit -> true;
            case ArgumentCheck.Checked.Misfit(boolean object, var problems) -> object;
        };
    }

    private ToolStep asked(StepFacts facts, Toolbox box) {
        try {
            return sent(facts, box);
        } catch (NoEligibleReplicaException | AllReplicasExhaustedException nobody) {
            if (!transcript.signed()) {
                throw nobody;
            }
            // Only the vendor whose reasoning it holds could go on, and can't: without it any other can.
            transcript.unsign();
            return sent(facts, box);
        }
    }

    private ToolStep sent(StepFacts facts, Toolbox box) {
        ChatRequest request = watch.before(facts, transcript.request(first, box.definitions(), facts.number() > 1));
        heard.accept(new ToolEvent.Asked(facts.number()));
        Routed<ChatResponse> routed = model.ask(target, request, facts.options(), facts.number());
        boolean stored = routed.selection().result() instanceof CallResult.Delivered
                && routed.selection().attempts() == 0;
        return new ToolStep(facts.number(), routed.selection(), routed.response(), stored, List.of());
    }

    /** The step's own name, and what is left of the conversation's time. */
    private CallOptions of(int number) {
        CallOptions.Builder of = options.toBuilder();
        if (options.workflow() != null) {
            of.step((options.step() == null ? "tools" : options.step()) + "/" + number);
        }
        Duration deadline = options.deadline();
        if (deadline != null) {
            Duration left = deadline.minusNanos(clock.nanos() - startNanos);
            if (left.isZero() || left.isNegative()) {
                throw new DeadlineExceededException(new TierwayException.Details(
                        "the conversation's deadline of " + deadline.toMillis() + " ms passed after " + (number - 1)
                                + " steps; give it more time, or fewer steps",
                        504,
                        "deadline_exceeded",
                        true,
                        null,
                        null));
            }
            of.deadline(left);
        }
        if (number > 1) {
            of.state(null, null);
        }
        return of.build();
    }
}
