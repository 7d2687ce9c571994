package dev.tierway.bootstrap.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends when a test says so. */
final class FakeLifetime implements Lifetime {
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Runnable hangup = () -> {};
    private final AtomicInteger pauses = new AtomicInteger();

    /** As SIGTERM does: what has to be done first is done, then nothing waits any more. */
    void stop() {
        actions.forEach(Runnable::run);
        stopped.countDown();
    }

    /** As SIGHUP does. */
    void hangUp() {
        hangup.run();
    }

    /** So many pauses pass before it is told to stop in one. */
    void stopAfterPauses(int count) {
        pauses.set(count);
    }

    @Override
    public void onStop(Runnable action) {
        actions.add(action);
    }

    @Override
    public void onHangup(Runnable action) {
        hangup = action;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public boolean pause(Duration span) {
        return pauses.getAndDecrement() > 0;
    }

    @Override
    public Duration sinceStart() {
        return Duration.ofMillis(123);
    }
}
