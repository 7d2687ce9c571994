package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.MonotonicClock;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives calls their event loops: the one the caller is on, else each of Vert.x's in turn. */
public final class EventLoops implements CallExecutors {
    private static final long MOST_START_SECONDS = 30;

    private final Vertx vertx;
    private final MonotonicClock clock;
    private final List<Home> homes = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private record Home(Context context, Thread thread) {}

    /** @throws IllegalStateException if the loops don't start */
    public EventLoops(Vertx vertx, int loops, MonotonicClock clock) {
        this.vertx = vertx;
        this.clock = clock;
        Future<String> started = vertx.deployVerticle(
                () -> new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        homes.add(new Home(context, Thread.currentThread()));
                        return Future.succeededFuture();
                    }
                },
                new DeploymentOptions().setInstances(loops));
        try {
            started.await(MOST_START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("event loops didn't start in " + MOST_START_SECONDS + " s", late);
        }
    }

    @Override
    public CallExecutor forCall() {
        Context here = Vertx.currentContext();
        if (here != null && here.isEventLoopContext()) {
            return new LoopExecutor(vertx, here, Thread.currentThread(), clock);
        }
        Home home = homes.get(Math.floorMod(next.getAndIncrement(), homes.size()));
        return new LoopExecutor(vertx, home.context(), home.thread(), clock);
    }

    @Override
    public boolean onEventLoop() {
        return Context.isOnEventLoopThread();
    }
}
