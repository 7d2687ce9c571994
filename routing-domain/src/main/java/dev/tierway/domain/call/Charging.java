package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Ending;
import org.jspecify.annotations.Nullable;

/** What a failed attempt is charged: the class's column, read with what is known of the attempt. */
record Charging(
        Action action,
        AttemptResult.Charged charged,
        @Nullable TokenUsage usage) {
    /** How the reservation ends. */
    Ending ending() {
        return switch (action) {
            case Action.Settle(var id, TokenUsage used, var cost, NanoUsd counted) ->
                used == null ? new Ending.Unknown(Amounts.NONE) : new Ending.Settled(Amounts.of(used, counted));
            case Action.Refund(var id, var extent) ->
                extent == Action.Refund.Extent.ALL ? new Ending.Refunded() : new Ending.RefundedButRequest();
            default -> throw new IllegalStateException("a charge is a settling or a refund, not " + action);
        };
    }

    static Charging delivered(Attempt attempt, TokenUsage usage) {
        return settle(attempt, usage);
    }

    static Charging failed(Attempt attempt, Failure failure) {
        FailureClass.Charge rule = failure.failureClass().charge();
        boolean untouched = failure.processed() == Processed.NO || attempt.sentNanos == null;
        return switch (rule) {
            case REFUND -> refund(attempt, Action.Refund.Extent.ALL_BUT_REQUEST);
            case REPORTED -> untouched ? refund(attempt, Action.Refund.Extent.ALL) : settle(attempt, failure.usage());
            case BY_PROCESSED ->
                untouched ? refund(attempt, Action.Refund.Extent.ALL) : settle(attempt, failure.usage());
            case UNKNOWN -> settle(attempt, failure.usage());
        };
    }

    static Charging refund(Attempt attempt, Action.Refund.Extent extent) {
        return new Charging(
                new Action.Refund(attempt.id, extent),
                extent == Action.Refund.Extent.ALL
                        ? AttemptResult.Charged.REFUNDED
                        : AttemptResult.Charged.REFUNDED_BUT_REQUEST,
                null);
    }

    private static Charging settle(Attempt attempt, @Nullable TokenUsage usage) {
        return new Charging(
                new Action.Settle(attempt.id, usage, attempt.cost(usage), attempt.counted(usage)),
                usage == null ? AttemptResult.Charged.UNKNOWN : AttemptResult.Charged.SETTLED,
                usage);
    }
}
