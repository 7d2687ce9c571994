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
import java.util.function.Consumer;
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

    private final CountedSteps steps;
    private final RedisSteps uncounted;
    private final ExpiredReservations expired;
    private final Consumer<Boolean> beaten;
    private volatile boolean first = true;
    private volatile int liveInstances = 1;
    /** Null before the first answer, or the first failure. */
    private volatile @Nullable Boolean up;

    private volatile @Nullable Future<?> timer;

    /** @param beaten told of each beat that was answered, and whether it found the store new */
    Heartbeat(CountedSteps steps, RedisSteps uncounted, ExpiredReservations expired, Consumer<Boolean> beaten) {
        this.steps = steps;
        this.uncounted = uncounted;
        this.expired = expired;
        this.beaten = beaten;
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
        CompletableFuture<@Nullable Void> beat = steps.run(RedisScript.HEARTBEAT, args(steps.args(), MOST_CLAIMED))
                .thenCompose(this::answered);
        return beat.whenComplete((done, error) -> noticed(error));
    }

    private List<String> args(List<String> args, int claimed) {
        args.add(Integer.toString(claimed));
        args.add(RedisClocks.micros(CLAIM));
        args.add(first ? "1" : "0");
        return args;
    }

    private CompletionStage<@Nullable Void> answered(List<Object> reply) {
        liveInstances = Math.max(1, Math.toIntExact((Long) reply.getFirst()));
        first = false;
        beaten.accept((Long) reply.get(1) == 1);
        List<String> delivered = steps.args();
        int before = delivered.size();
        for (int i = 2; i + 1 < reply.size(); i += 2) {
            if (deliver((String) reply.get(i), (String) reply.get(i + 1))) {
                delivered.add((String) reply.get(i));
            }
        }
        return delivered.size() == before
                ? CompletableFuture.completedFuture(null)
                : uncounted.run(RedisScript.DELIVERED, delivered).thenApply(done -> null);
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
