package dev.tierway.domain.quota;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The all-or-nothing step every quota store performs, as a pure function: checked before anything is incremented, over all
 * limits at once. Stores add atomicity, memory of attempts, and durability.
 */
public final class Reserving {
    private Reserving() {}

    /**
     * Takes the estimate from every limit, or from none.
     *
     * @param descriptors no two of the same {@link Descriptor#key()}
     * @param usages what is used of each, in the same order
     */
    public static ReservationResult reserve(
            List<Descriptor> descriptors, List<Usage> usages, Amounts estimate, QuotaTime time) {
        int size = descriptors.size();
        List<Usage> now = new ArrayList<>(size);
        int binding = -1;
        long wait = 0;
        for (int i = 0; i < size; i++) {
            Limit limit = descriptors.get(i).limit();
            Usage usage = usages.get(i).at(limit, time);
            now.add(usage);
            long own = usage.waitNanos(limit, estimate.of(descriptors.get(i)));
            if (own > wait && descriptors.get(i).enforced()) {
                wait = own;
                binding = i;
            }
        }
        if (binding >= 0) {
            Descriptor descriptor = descriptors.get(binding);
            return new ReservationResult.Denied(
                    descriptor,
                    wait == Usage.NEVER ? null : wait,
                    now.get(binding).available(descriptor.limit()));
        }
        List<Hold> holds = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Descriptor descriptor = descriptors.get(i);
            long amount = estimate.of(descriptor);
            Usage after = now.get(i).plus(amount);
            now.set(i, after);
            holds.add(new Hold(descriptor, amount, after.mark()));
        }
        return new ReservationResult.Granted(now, holds);
    }

    /**
     * One learned limit's usage after a vendor's answer.
     *
     * @param hold what the answered attempt holds of it; null if nothing, or nobody's attempt was answered
     */
    public static Usage told(
            Descriptor descriptor, Usage usage, VendorLimit seen, @Nullable Hold hold, QuotaTime time) {
        return usage.at(descriptor.limit(), time) instanceof LearnedUsage learned
                ? learned.telling(
                        seen, hold == null ? learned.mark() : hold.mark(), learned.atNanos() + seen.lastsNanos())
                : usage;
    }

    /**
     * One budget's usage after somebody knew how much of it was spent: the higher of both, so that any number of floors, in any
     * order and however often, come to the highest. A floor of another window than the present one changes nothing.
     */
    public static Usage raised(Floor floor, Usage usage, QuotaTime time) {
        Usage now = usage.at(floor.descriptor().limit(), time);
        return now instanceof WindowUsage window ? window.raised(floor) : now;
    }

    /** How much more is counted after {@link #raised}. */
    public static long raisedBy(Usage before, Usage after) {
        return before instanceof WindowUsage was
                        && after instanceof WindowUsage is
                        && was.startMillis() == is.startMillis()
                ? is.spent() - was.spent()
                : after.used();
    }

    /** One limit's usage after a reservation has ended. */
    public static Usage end(Hold hold, Usage usage, Ending ending, QuotaTime time) {
        return usage.at(hold.descriptor().limit(), time).settled(hold, ending.charged(hold));
    }
}
