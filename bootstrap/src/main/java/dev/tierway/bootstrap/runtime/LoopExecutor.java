package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.MonotonicClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** One event loop as a call's serial executor: tasks that are already on its thread run at once, without a hop. */
record LoopExecutor(Vertx vertx, Context context, Thread thread, MonotonicClock clock) implements CallExecutor {
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public void execute(Runnable task) {
        context.runOnContext(nothing -> task.run());
    }

    @Override
    public boolean inside() {
        return Thread.currentThread() == thread;
    }

    @Override
    public Timer schedule(Runnable task, long atNanos) {
        long millis = Math.max(1, Math.ceilDiv(atNanos - clock.nanos(), NANOS_PER_MILLI));
        // Called from the loop itself, so the timer fires there too.
        long id = vertx.setTimer(millis, fired -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
