package dev.tierway.adapter.persistence.lease;

import dev.tierway.domain.call.AttemptId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where attempts were admitted: what is repeated gets the same answer from the same place. */
final class Attempts {
    /** How many attempts that ended here are remembered, to answer late repetitions. */
    private static final int REMEMBERED = 16_384;

    /** Oldest first. */
    private final Map<AttemptId, Admitted> open = new LinkedHashMap<>();

    private final Map<AttemptId, Boolean> endedHere = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    void add(Admitted admitted) {
        open.put(admitted.asked().attempt(), admitted);
    }

    @Nullable
    Admitted open(AttemptId attempt) {
        return open.get(attempt);
    }

    boolean endedHere(AttemptId attempt) {
        return endedHere.containsKey(attempt);
    }

    /** @return what it was; null if it isn't open */
    @Nullable
    Admitted end(AttemptId attempt) {
        Admitted ended = open.remove(attempt);
        if (ended != null && ended.here()) {
            endedHere.put(attempt, true);
        }
        return ended;
    }

    /** Forgets what nobody will end any more. */
    void expire(long now, Consumer<Admitted> expired) {
        Iterator<Admitted> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Admitted one = oldest.next();
            if (one.expiresAt() > now) {
                return;
            }
            oldest.remove();
            if (one.here()) {
                endedHere.put(one.asked().attempt(), true);
            }
            expired.accept(one);
        }
    }
}
