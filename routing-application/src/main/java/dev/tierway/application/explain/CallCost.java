package dev.tierway.application.explain;

import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.NanoUsd;
import org.jspecify.annotations.Nullable;

/** What a call cost: all its attempts together. */
public final class CallCost {
    private CallCost() {}

    /** Null if the price of one attempt is unknown. */
    public static @Nullable NanoUsd of(Selection selection) {
        NanoUsd sum = NanoUsd.ZERO;
        for (Round round : selection.rounds()) {
            var result = round.result();
            if (result == null) {
                continue;
            }
            switch (result.charged()) {
                case SETTLED, UNKNOWN -> {
                    NanoUsd cost = result.cost();
                    if (cost == null) {
                        return null;
                    }
                    sum = sum.plus(cost);
                }
                case REFUNDED, REFUNDED_BUT_REQUEST, NOTHING_RESERVED -> {}
            }
        }
        return sum;
    }
}
