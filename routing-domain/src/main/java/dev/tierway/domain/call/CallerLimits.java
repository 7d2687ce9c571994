package dev.tierway.domain.call;

import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What limits a call's caller, and what its money is reserved by where a replica's own price or a model's longest answer isn't
 * known.
 *
 * @param descriptors taken by the call's first attempt, tokens and money by every one
 * @param dearest dearest known price of the tiers the call may reach; null if none is known
 * @param longest most output tokens any model of those tiers is known to give; null if none is known
 * @param warnAt the used share of a limit from which on it is spoken of, in (0, 1]
 */
public record CallerLimits(
        List<Descriptor> descriptors,
        @Nullable Price dearest,
        @Nullable Integer longest,
        double warnAt) {
    public static final double DEFAULT_WARN_AT = 0.8;

    public static final CallerLimits NONE = of(List.of());

    public CallerLimits {
        descriptors = List.copyOf(descriptors);
        if (!(warnAt > 0 && warnAt <= 1)) {
            throw new IllegalArgumentException("warn-at must be above 0 and at most 1, not " + warnAt);
        }
    }

    /** Limits of a call whose tiers' prices nobody looked at. */
    public static CallerLimits of(List<Descriptor> descriptors) {
        return new CallerLimits(descriptors, null, null, DEFAULT_WARN_AT);
    }

    /** Whether an attempt whose cost nobody can bound must not be sent. */
    public boolean money() {
        for (Descriptor descriptor : descriptors) {
            if (descriptor.enforced() && descriptor.limit().dimension() == Dimension.MONEY) {
                return true;
            }
        }
        return false;
    }
}
