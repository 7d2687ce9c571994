package dev.tierway.application.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The names that callers gave and that limits count apart: at most 10,000 per API key, so that nobody fills a store by making
 * names up. More of them are counted together, as one. A name that wasn't heard for a day makes room: its usage stays where it
 * is kept, and is found again when the name comes back.
 */
public final class NamesSeen {
    static final int MOST_PER_KEY = 10_000;
    private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();
    private static final long FRESH_MILLIS = Duration.ofMinutes(1).toMillis();
    /** Names of calls without an API key. */
    private static final String NO_KEY = "";

    private final Map<String, Space> spaces = new ConcurrentHashMap<>();

    /** One key's names, and when each was last heard. */
    private static final class Space {
        private final Map<Owner, Long> heard = new ConcurrentHashMap<>();
        private final AtomicLong sweptMillis = new AtomicLong(Long.MIN_VALUE);

        /** Concurrent newcomers may each find the last room: a few names more harm nobody. */
        boolean hears(Owner owner, long nowMillis) {
            Long last = heard.get(owner);
            if (last == null && heard.size() >= MOST_PER_KEY && !swept(nowMillis)) {
                return false;
            }
            if (last == null || nowMillis - last >= FRESH_MILLIS) {
                heard.put(owner, nowMillis);
            }
            return true;
        }

        /** Looks for old names once a minute, not at each call. */
        private boolean swept(long nowMillis) {
            long last = sweptMillis.get();
            if ((last == Long.MIN_VALUE || nowMillis - last >= FRESH_MILLIS)
                    && sweptMillis.compareAndSet(last, nowMillis)) {
                heard.values().removeIf(at -> nowMillis - at >= KEPT_MILLIS);
            }
            return heard.size() < MOST_PER_KEY;
        }
    }

    /** Who is counted for that one: itself, or all that found no room. */
    public Owner counted(Owner owner, long nowMillis) {
        if (owner.together()) {
            return owner;
        }
        // Keys are the operator's own names: they are known, and all of them count.
        String space = owner.kind() == Owner.Kind.KEY || owner.key() == null ? NO_KEY : owner.key();
        boolean heard = spaces.computeIfAbsent(space, key -> new Space()).hears(owner, nowMillis);
        return heard || owner.kind() == Owner.Kind.KEY ? owner : owner.others();
    }

    /** Those heard lately, the latest first. */
    public List<Owner> latest() {
        record Heard(Owner owner, long atMillis) {}
        List<Heard> all = new ArrayList<>();
        spaces.values().forEach(space -> space.heard.forEach((owner, at) -> all.add(new Heard(owner, at))));
        all.sort((one, two) -> Long.compare(two.atMillis(), one.atMillis()));
        return all.stream().map(Heard::owner).toList();
    }

    /** Whether the space its name lives in has no room for more. */
    boolean full(Owner owner) {
        if (owner.kind() == Owner.Kind.KEY) {
            return false;
        }
        Space space = spaces.get(owner.key() == null ? NO_KEY : owner.key());
        return space != null && space.heard.size() >= MOST_PER_KEY;
    }
}
