package dev.tierway.adapter.providers.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** The one event loop an attempt lives on: what runs there needs no locks. */
public final class AttemptLoop {
    private final Context context;
    private volatile @Nullable Thread home;

    private AttemptLoop(Context context) {
        this.context = context;
    }

    /** The loop the calling thread is on, else one of the loops in turn. */
    public static AttemptLoop current(Vertx vertx) {
        return new AttemptLoop(vertx.getOrCreateContext());
    }

    /** Runs the task on the loop, after what it is doing now. */
    public void later(Runnable task) {
        context.runOnContext(nothing -> {
            // A worker context serves from many threads, so there only the context itself is the serial place.
            if (home == null && context.isEventLoopContext()) {
                home = Thread.currentThread();
            }
            task.run();
        });
    }

    /** Runs the task at once if the calling thread is the loop's, else later. */
    public void enter(Runnable task) {
        if (Thread.currentThread() == home) {
            task.run();
        } else {
            later(task);
        }
    }
}
