package dev.tierway.application.port.out;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Raised;
import java.util.List;
import java.util.Locale;

/**
 * A store of limits had lost something, and budgets were raised to what is known to be spent.
 *
 * @param raised empty: nothing was missing
 * @param unknown budgets of which the source can't tell everything, and why, in words
 */
public record BudgetsRaised(UsageLoss.Cause cause, Source source, List<Raised> raised, List<String> unknown) {
    /** Who knew. */
    public enum Source {
        /** What the store had told this instance before. */
        REMEMBERED,
        /** The account book. */
        LEDGER;

        private final String id = name().toLowerCase(Locale.ROOT);

        public String id() {
            return id;
        }
    }

    public BudgetsRaised {
        raised = List.copyOf(raised);
        unknown = List.copyOf(unknown);
    }

    /** By how much, all budgets together: a call that several budgets count is in it several times. */
    public NanoUsd by() {
        return raised.stream().map(one -> new NanoUsd(one.by())).reduce(NanoUsd.ZERO, NanoUsd::plus);
    }

    /** The ids of the budgets' rules, each once. */
    public List<String> budgets() {
        return raised.stream()
                .map(one -> rule(one.descriptor()))
                .distinct()
                .sorted()
                .toList();
    }

    private static String rule(Descriptor descriptor) {
        String rule = descriptor.budget();
        return rule == null ? descriptor.owner() : rule;
    }
}
