package dev.tierway.application.tools;

import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.error.ToolAccessDeniedException;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.ArgumentCheck;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.toolaccess.ToolAccess;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.application.toolaccess.Who;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs the tool calls of one answer, some at once, each on a virtual thread. Whatever goes wrong the model is told. */
final class ToolRunner {
    private final ToolOptions bounds;
    private final ArgumentCheck check;
    private final ToolAccess access;
    private final ToolMemory memory;
    private final Consumer<ToolEvent> heard;

    ToolRunner(
            ToolOptions bounds, ArgumentCheck check, ToolAccess access, ToolMemory memory, Consumer<ToolEvent> heard) {
        this.bounds = bounds;
        this.check = check;
        this.access = access;
        this.memory = memory;
        this.heard = heard;
    }

    /**
     * @return what became of each, in their order
     * @throws InterruptedException once the tools that still ran are interrupted
     * @throws ToolAccessDeniedException if the rules want that of a denied one; none has run then
     */
    List<ToolUse> run(List<ToolCall> calls, Toolbox box, int step, CallOptions options) throws InterruptedException {
        List<Callable<ToolUse>> ready = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            ready.add(prepared(calls.get(i), i + 1, box, step, options));
        }
        Semaphore slots = new Semaphore(bounds.parallel());
        List<FutureTask<ToolUse>> running = new ArrayList<>();
        for (Callable<ToolUse> one : ready) {
            FutureTask<ToolUse> task = new FutureTask<>(() -> {
                slots.acquire();
                try {
                    return one.call();
                } finally {
                    slots.release();
                }
            });
            running.add(task);
            Thread.ofVirtual().name("tierway-tool").start(task);
        }
        try {
            List<ToolUse> done = new ArrayList<>();
            for (FutureTask<ToolUse> task : running) {
                done.add(task.get());
            }
            return done;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("running a tool broke", broken.getCause());
        } finally {
            running.forEach(task -> task.cancel(true));
        }
    }

    /** What needs no waiting is decided before anything runs. */
    private Callable<ToolUse> prepared(ToolCall call, int use, Toolbox box, int step, CallOptions options) {
        Who who = Who.of(options);
        String denied = access.deniedCall(call.name(), who);
        if (denied != null && access.inForce().called() == ToolRules.WhenCalled.FAIL) {
            throw new ToolAccessDeniedException(List.of(call.name()), denied);
        }
        if (denied != null) {
            return () ->
                    refused(call, step, ToolUse.End.DENIED, "You may not use " + call.name() + ": " + denied + ".");
        }
        Toolbox.Entry entry = box.find(call.name());
        if (entry == null) {
            String known = box.names().isEmpty() ? "none" : String.join(", ", box.names());
            return () -> refused(
                    call,
                    step,
                    ToolUse.End.UNKNOWN_TOOL,
                    "There is no tool " + call.name() + ". Tools are: " + known + ".");
        }
        return switch (check.check(
                entry.definition().parameters(), call.arguments().json())) {
            case ArgumentCheck.Checked.Misfit(boolean object, List<String> problems) ->
                () -> refused(
                        call,
                        step,
                        ToolUse.End.BAD_ARGUMENTS,
                        "The arguments don't fit: " + String.join("; ", problems) + ". Mend them and call again.");
            case ArgumentCheck.Checked.Fit(var arguments) -> {
                ToolCall fit = new ToolCall(call.id(), call.name(), arguments);
                yield () -> used(fit, use, entry, step, options);
            }
        };
    }

    private ToolUse used(ToolCall call, int use, Toolbox.Entry entry, int step, CallOptions options)
            throws InterruptedException {
        ToolOutcome before = memory.recall(options, use, call);
        if (before != null) {
            return ended(step, new ToolUse(call, before, ToolUse.End.REMEMBERED, Duration.ZERO));
        }
        String limited;
        try {
            limited = access.take(call.name(), Who.of(options))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException unknown) {
            limited = "its limit can't be checked now";
        }
        if (limited != null) {
            return refused(call, step, ToolUse.End.LIMITED, call.name() + " can't be used now: " + limited + ".");
        }
        heard.accept(new ToolEvent.ToolStarted(step, call));
        long start = System.nanoTime();
        ToolUse.End end = ToolUse.End.DONE;
        ToolOutcome outcome;
        try {
            outcome = bounded(timed(call, entry, new ToolContext(call.id(), step, options)));
            end = outcome.failed() ? ToolUse.End.FAILED : end;
        } catch (TimeoutException late) {
            outcome = ToolOutcome.failure(
                    call.name() + " didn't answer within " + timeout(entry).toMillis() + " ms and was stopped.");
            end = ToolUse.End.TIMED_OUT;
        } catch (ExecutionException failed) {
            outcome = bounded(ToolOutcome.failure(words(call, failed)));
            end = ToolUse.End.FAILED;
        }
        if (end != ToolUse.End.TIMED_OUT) {
            memory.keep(options, use, call, outcome);
        }
        return ended(step, new ToolUse(call, outcome, end, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** A message is what a tool says to the model; without one, the kind of failure has to do. */
    private static String words(ToolCall call, ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String message = cause.getMessage();
        return call.name() + " failed: "
                + (message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private Duration timeout(Toolbox.Entry entry) {
        Duration own = entry.timeout();
        return own == null ? bounds.timeout() : own;
    }

    /** On a thread of its own: one that doesn't listen when it is interrupted holds up nobody. */
    private ToolOutcome timed(ToolCall call, Toolbox.Entry entry, ToolContext context)
            throws InterruptedException, TimeoutException, ExecutionException {
        FutureTask<ToolOutcome> task = new FutureTask<>(() -> entry.run().run(call.arguments(), context));
        Thread.ofVirtual().name("tierway-tool-" + call.name()).start(task);
        try {
            return task.get(timeout(entry).toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }

    private ToolOutcome bounded(ToolOutcome outcome) {
        String text = outcome.text();
        int most = bounds.resultChars();
        return text.length() <= most
                ? outcome
                : new ToolOutcome(
                        text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most)
                                + "\n[cut off: " + most + " of " + text.length() + " characters]",
                        outcome.failed());
    }

    private ToolUse refused(ToolCall call, int step, ToolUse.End end, String words) {
        return ended(step, new ToolUse(call, ToolOutcome.failure(words), end, Duration.ZERO));
    }

    private ToolUse ended(int step, ToolUse use) {
        heard.accept(new ToolEvent.ToolEnded(step, use));
        return use;
    }
}
