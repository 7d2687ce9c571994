package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Ending;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An attempt that was not granted by the store, as far as anybody knows, and what the store has to hear of it. */
final class LocalGrant {
    private final AttemptId attempt;
    private final @Nullable Reservation watched;
    /** Null if the store was never asked: it can't hold anything of it. */
    private final @Nullable Long quietUntil;

    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

    private LocalGrant(Reservation asked, @Nullable Long quietUntil) {
        this.attempt = asked.attempt();
        this.watched = LocalShare.watched(asked);
        this.quietUntil = quietUntil;
    }

    static LocalGrant neverAsked(Reservation asked) {
        return new LocalGrant(asked, null);
    }

    /**
     * The store was asked, and its answer was lost: it may hold what was asked, or do so yet.
     *
     * @param quietUntil when it will have done what it was asked, if it does it at all
     */
    static LocalGrant answerLost(Reservation asked, long quietUntil) {
        return new LocalGrant(asked, quietUntil);
    }

    /** How it ended, the first time; later ones change nothing. */
    void ended(Ending how) {
        ending.compareAndSet(null, how);
    }

    /** What the store has to hear; null: nothing, or it isn't over. */
    @Nullable
    Delivery delivery() {
        Ending how = ending.get();
        if (how == null) {
            return null;
        }
        return watched != null
                ? new Delivery.Report(watched, how)
                : quietUntil == null ? null : new Delivery.End(attempt, how);
    }

    /** When that may be delivered: an end that overtakes its reservation would end nothing. */
    long dueAt(long now) {
        return quietUntil == null ? now : Math.max(now, quietUntil);
    }
}
