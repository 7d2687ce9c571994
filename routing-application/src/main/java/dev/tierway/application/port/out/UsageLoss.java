package dev.tierway.application.port.out;

import dev.tierway.domain.quota.Raised;
import java.util.List;
import java.util.Locale;

/**
 * What a store of limits has lost.
 *
 * @param untilEpochMillis what the account book wrote up to then was in the store, as far as this instance knows; later calls come on
 *     top; by this instance's clock
 * @param raised what was put back of what this instance remembered; empty if that was nothing
 */
public record UsageLoss(Cause cause, long untilEpochMillis, List<Raised> raised) {
    /** How it was found out. */
    public enum Cause {
        /** The latest step of this instance isn't there any more. */
        FORGOTTEN,
        /** The store has just begun with nothing, and this instance as well. */
        NEW;

        private final String id = name().toLowerCase(Locale.ROOT);

        public String id() {
            return id;
        }
    }

    public UsageLoss {
        raised = List.copyOf(raised);
    }
}
