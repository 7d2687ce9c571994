package dev.tierway.domain.routing;

import java.util.Locale;

/** What follows a failed attempt. */
public sealed interface SpilloverVerdict {
    /**
     * Select again without the replica that failed.
     *
     * @param repeatable if nobody else is eligible, the same replica once more after a rest of at most a second
     * @param largerWindow only models with a larger context window
     */
    record TryAnother(boolean repeatable, boolean largerWindow) implements SpilloverVerdict {}

    record GiveUp(Why why) implements SpilloverVerdict {
        /** What forbids another attempt. */
        public enum Why {
            COMMITTED,
            PINNED,
            LAST_RESORT,
            ATTEMPTS_SPENT,
            TIME_SPENT,
            CLASS;

            public String id() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
