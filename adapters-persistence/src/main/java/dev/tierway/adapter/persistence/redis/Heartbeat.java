package dev.tierway.adapter.persistence.redis;

import dev.tierway.application.port.out.ExpiredReservations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every five seconds: keeps this instance's leases, ends what is over whoever held it, and delivers memos of expired
 * reservations: claimed, delivered, then deleted, so at least once.
 */
final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final int MOST_CLAIMED = 64;

    private final RedisSteps steps;
    private final ExpiredReservations expired;
    private volatile int liveInstances = 1;
    /** Null before the first answer, or the first failure. */
    private volatile @Nullable Boolean up;

    private volatile @Nullable Future<?> timer;

    Heartbeat(RedisSteps steps, ExpiredReservations expired) {
        this.steps = steps;
        this.expired = expired;
    }

    void start(ScheduledExecutorService executor) {
        timer = executor.scheduleWithFixedDelay(() -> beat(), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    int liveInstances() {
        return liveInstances;
    }

    boolean up() {
        return Boolean.TRUE.equals(up);
    }

    CompletionStage<@Nullable Void> beat() {
        CompletableFuture<@Nullable Void> beaten = steps.run(RedisScript.HEARTBEAT, args(steps.args(), MOST_CLAIMED))
                .thenCompose(this::answered);
        return beaten.whenComplete((done, error) -> noticed(error));
    }

    private static List<String> args(List<String> args, int claimed) {
        args.add(Integer.toString(claimed));
        args.add(RedisClocks.micros(CLAIM));
        return args;
    }

    private CompletionStage<@Nullable Void> answered(List<Object> reply) {
        liveInstances = Math.max(1, Math.toIntExact((Long) reply.getFirst()));
        List<String> delivered = steps.args();
        int before = delivered.size();
        for (int i = 1; i + 1 < reply.size(); i += 2) {
            if (deliver((String) reply.get(i), (String) reply.get(i + 1))) {
                delivered.add((String) reply.get(i));
            }
        }
        return delivered.size() == before
                ? CompletableFuture.completedFuture(null)
                : steps.run(RedisScript.DELIVERED, delivered).thenApply(done -> null);
    }

    private boolean deliver(String attempt, String text) {
        try {
            StoredMemo stored = StoredMemo.of(text);
            expired.expired(stored.memo(), stored.estimate());
            return true;
        } catch (RuntimeException undelivered) {
            LOG.warn("attempt {} expired, and its row could not be written: tried again later", attempt, undelivered);
            return false;
        }
    }

    private void noticed(@Nullable Throwable error) {
        if (error == null) {
            if (!Boolean.TRUE.equals(up)) {
                LOG.debug("the heartbeat reaches the quota store; instances alive: {}", liveInstances);
            }
            up = true;
        } else {
            if (!Boolean.FALSE.equals(up)) {
                LOG.debug(
                        "the heartbeat doesn't reach the quota store: {}",
                        cause(error).getMessage());
            }
            up = false;
        }
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** The last sign of life ends the lease; it waits for the answer no longer than for any other. */
    void stop() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        List<String> args = steps.args();
        args.set(2, "0");
        steps.run(RedisScript.HEARTBEAT, args(args, 0))
                .handle((done, error) -> done)
                .join();
    }
}
