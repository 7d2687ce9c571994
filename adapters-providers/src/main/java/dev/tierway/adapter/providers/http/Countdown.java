package dev.tierway.adapter.providers.http;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * One clock of an attempt at a time. Moving the deadline costs a field write: the timer looks at it when it fires, so a
 * stream of events doesn't make a stream of timers. Used on the attempt's loop only.
 */
public final class Countdown {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Runnable expired;
    private long timer = NO_TIMER;
    private long timerNanos;
    private long deadlineNanos;
    private boolean running;

    public Countdown(Vertx vertx, Runnable expired) {
        this.vertx = vertx;
        this.expired = expired;
    }

    /** Expires at that time of {@link System#nanoTime}, instead of what was set before. */
    public void until(long atNanos) {
        deadlineNanos = atNanos;
        running = true;
        if (timer != NO_TIMER && timerNanos - atNanos > 0) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
        if (timer == NO_TIMER) {
            arm();
        }
    }

    /** Doesn't expire until set again. */
    public void pause() {
        running = false;
    }

    /** Doesn't expire any more; frees the timer. */
    public void stop() {
        running = false;
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private void arm() {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()) + 1;
        timerNanos = deadlineNanos;
        timer = vertx.setTimer(Math.max(1, millis), id -> fired());
    }

    private void fired() {
        timer = NO_TIMER;
        if (!running) {
            return;
        }
        if (deadlineNanos - System.nanoTime() > 0) {
            arm();
        } else {
            running = false;
            expired.run();
        }
    }
}
