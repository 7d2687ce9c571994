package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.call.AttemptId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The attempts that ended last: a reservation delivered again after its end must take nothing. */
final class RecentAttempts {
    private final AtomicReferenceArray<AttemptId> slots;
    private final AtomicLong next = new AtomicLong();
    private final Set<AttemptId> known = ConcurrentHashMap.newKeySet();

    RecentAttempts(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    boolean contains(AttemptId attempt) {
        return known.contains(attempt);
    }

    void add(AttemptId attempt) {
        if (known.add(attempt)) {
            AttemptId oldest = slots.getAndSet((int) (next.getAndIncrement() % slots.length()), attempt);
            if (oldest != null) {
                known.remove(oldest);
            }
        }
    }
}
