package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store is worth asking. Failures in a row open it; an answered ping lets one question through, whose outcome
 * decides. Only answers to questions of the present state count: a straggler changes nothing.
 */
// Written under the lock alone; volatile for those who only look.
@SuppressWarnings("NonAtomicVolatileUpdate")
final class StoreCircuit {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCircuit.class);

    /** The ticket of a question that must not be asked. */
    static final long REFUSED = -1;

    private static final int MOST_PATIENCE = 10;

    private enum State {
        UP,
        /** It answers pings; the first real answer decides. */
        TRIAL,
        DOWN
    }

    private final MonotonicClock clock;
    private final GuardOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile State state = State.UP;
    /** Counts the changes of state. */
    private volatile long epoch;

    private volatile int failures;
    private volatile @Nullable String problem;
    /** Whether it ever answered: a store that is down at the start needs no second proof. */
    private volatile boolean everUp;

    private boolean trying;
    private long downSince;
    private long retryAt;
    private int patience = 1;

    StoreCircuit(MonotonicClock clock, GuardOptions options) {
        this.clock = clock;
        this.options = options;
    }

    /** A ticket for one question, or {@link #REFUSED}. */
    long enter() {
        if (state == State.UP) {
            return epoch;
        }
        lock.lock();
        try {
            if (state == State.UP) {
                return epoch;
            }
            if (state == State.DOWN || trying) {
                return REFUSED;
            }
            trying = true;
            return epoch;
        } finally {
            lock.unlock();
        }
    }

    void succeeded(long ticket) {
        if (state == State.UP && failures == 0 && everUp) {
            return;
        }
        lock.lock();
        try {
            if (ticket != epoch) {
                return;
            }
            failures = 0;
            everUp = true;
            if (state == State.TRIAL) {
                patience = 1;
                closed();
            }
        } finally {
            lock.unlock();
        }
    }

    private void closed() {
        state = State.UP;
        epoch++;
        failures = 0;
        problem = null;
        LOG.info(
                "the quota store answers again after {} s: limits are shared again",
                Duration.ofNanos(clock.nanos() - downSince).toSeconds());
    }

    void failed(long ticket, Throwable error) {
        lock.lock();
        try {
            if (ticket != epoch) {
                return;
            }
            failures++;
            if (state == State.TRIAL) {
                patience = Math.min(MOST_PATIENCE, patience * 2);
                opened(error);
            } else if (state == State.DOWN) {
                opened(error);
            } else if (failures >= options.failures() || !everUp) {
                downSince = clock.nanos();
                opened(error);
                LOG.warn(
                        "the quota store doesn't answer ({}): rates and concurrency are limited by each instance alone,"
                                + " at its share, and calls under an enforced budget are refused, until it is back",
                        problem);
            }
        } finally {
            lock.unlock();
        }
    }

    private void opened(Throwable error) {
        state = State.DOWN;
        epoch++;
        problem = words(error);
        retryAt = clock.nanos() + options.probe().toNanos() * patience;
    }

    private static String words(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Whether a ping would say anything new. */
    boolean worthPinging() {
        lock.lock();
        try {
            return switch (state) {
                case UP -> true;
                case TRIAL -> !trying;
                case DOWN -> clock.nanos() >= retryAt;
            };
        } finally {
            lock.unlock();
        }
    }

    /** The state now, for {@link #ponged} and {@link #failed}. */
    long epoch() {
        return epoch;
    }

    /** It has answered a ping. That alone ends no trouble with questions, unless there are none to try. */
    void ponged(long ticket) {
        lock.lock();
        try {
            if (ticket != epoch) {
                return;
            }
            switch (state) {
                case UP -> everUp = true;
                case TRIAL -> {
                    if (!trying) {
                        closed();
                    }
                }
                case DOWN -> {
                    state = State.TRIAL;
                    epoch++;
                    trying = false;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether questions are asked as usual. */
    boolean up() {
        return state == State.UP;
    }

    /** Why not; null if they are. */
    @Nullable
    String problem() {
        return problem;
    }
}
