package dev.tierway.bootstrap.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Until the JVM is told to stop: what has to be done then is a shutdown hook. */
final class ProcessLifetime implements Lifetime {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void onStop(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "tierway-stop"));
    }

    @Override
    public void onHangup(Runnable action) {
        Hangup.handle(action);
    }

    /** The JVM ends after its hooks, whether somebody still waits here or not. */
    @Override
    public void awaitStop() throws InterruptedException {
        never.await();
    }

    @Override
    public boolean pause(Duration span) throws InterruptedException {
        return !never.await(span.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Duration sinceStart() {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return Duration.ofMillis(Math.max(0, System.currentTimeMillis() - started));
    }
}
