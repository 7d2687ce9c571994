package dev.tierway.application.limits;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One rule of {@code budgets}: how much those it is for may use.
 *
 * @param limits at least one
 * @param enforced false: counted and warned of, but nobody is denied
 * @param reserves how much money an attempt takes beforehand
 * @param pacing whether price weighs more while money is spent faster than the calendar window goes by
 */
public record LimitRule(
        String id,
        Subject subject,
        List<Limit> limits,
        boolean enforced,
        Descriptor.Reserves reserves,
        boolean pacing) {
    public LimitRule {
        limits = List.copyOf(limits);
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("budget '" + id + "' limits nothing");
        }
    }

    /** What it counts of such a call; empty if it isn't for it. */
    List<Descriptor> of(CallCommand call, UnaryOperator<Owner> counted) {
        Owner owner = subject.owner(call);
        return owner == null ? List.of() : of(counted.apply(owner));
    }

    /** What it counts if all it is for are counted together; null if each has a count of its own. */
    public @Nullable List<Descriptor> counted() {
        Owner together = subject.together();
        return together == null ? null : of(together);
    }

    /** What it counts of that one. */
    List<Descriptor> of(Owner owner) {
        return descriptors(Descriptor.budgetOwner(id, owner.under()));
    }

    private List<Descriptor> descriptors(String owner) {
        List<Descriptor> descriptors = new ArrayList<>(limits.size());
        for (Limit limit : limits) {
            descriptors.add(new Descriptor(owner, Side.CALLER, limit, enforced, reserves));
        }
        return descriptors;
    }
}
