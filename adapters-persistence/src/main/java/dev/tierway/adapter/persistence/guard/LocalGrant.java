package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.quota.Ending;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An attempt that was not granted by the store, as far as anybody knows, and what the store has to hear of it. */
final class LocalGrant {
    private final Reservation asked;
    private final long atNanos;
    /** Null if the store was never asked: it can't hold anything of it. */
    private final @Nullable Long quietUntil;

    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

    private LocalGrant(Reservation asked, long atNanos, @Nullable Long quietUntil) {
        this.asked = asked;
        this.atNanos = atNanos;
        this.quietUntil = quietUntil;
    }

    static LocalGrant neverAsked(Reservation asked, long atNanos) {
        return new LocalGrant(asked, atNanos, null);
    }

    /**
     * The store was asked, and its answer was lost: it may hold what was asked, or do so yet.
     *
     * @param quietUntil when it will have done what it was asked, if it does it at all
     */
    static LocalGrant answerLost(Reservation asked, long atNanos, long quietUntil) {
        return new LocalGrant(asked, atNanos, quietUntil);
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
        if (LocalShare.used(asked, 0) != null) {
            return new Delivery.Report(asked, how, atNanos);
        }
        return quietUntil == null ? null : new Delivery.End(asked.attempt(), how);
    }

    /** Whether the store must hear of it: it may hold something, or money was spent. Rates come back by themselves. */
    boolean certain() {
        return quietUntil != null || asked.descriptors().stream().anyMatch(LocalShare::isMoney);
    }

    /** When that may be delivered: an end that overtakes its reservation would end nothing. */
    long dueAt(long now) {
        return quietUntil == null ? now : Math.max(now, quietUntil);
    }
}
