package dev.tierway.application.rules;

import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Ruling;
import java.util.Locale;

/** What a finished call says about its arm. */
public enum ArmOutcome {
    DELIVERED,
    FAILED,
    /** An attempt went to a replica that isn't the arm's. */
    SPILLED,
    /** Its end was nobody's doing but the caller's, or ours. */
    LEFT_OUT;

    /** The name in metrics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param selection of a call that ended */
    public static ArmOutcome of(Selection selection, Ruling ruling) {
        if (spilled(selection, ruling)) {
            return SPILLED;
        }
        return switch (selection.result()) {
            case CallResult.Delivered delivered -> DELIVERED;
            // The arm had no part in it.
            case CallResult.Answered answered -> LEFT_OUT;
            case CallResult.Denied denied -> LEFT_OUT;
            case CallResult.Refused refused -> FAILED;
            case CallResult.Exhausted(var replica, var last) -> of(last.failureClass());
            case CallResult.Broken(var replica, var failure, var deadline) -> of(failure.failureClass());
            case CallResult.DeadlineExceeded exceeded -> FAILED;
            case CallResult.LimitReached reached -> LEFT_OUT;
            case CallResult.QuotaUnavailable unavailable -> LEFT_OUT;
            case CallResult.ClientGone gone -> LEFT_OUT;
            case CallResult.StoppedBy stopped -> LEFT_OUT;
            case CallResult.Halted halted -> LEFT_OUT;
            case CallResult.InternalError error -> LEFT_OUT;
            case null -> throw new IllegalArgumentException("a dry run is no call");
        };
    }

    private static ArmOutcome of(FailureClass failure) {
        return failure == FailureClass.INVALID_REQUEST
                        || failure == FailureClass.CANCELLED
                        || failure == FailureClass.INTERNAL
                ? LEFT_OUT
                : FAILED;
    }

    private static boolean spilled(Selection selection, Ruling ruling) {
        for (Round round : selection.rounds()) {
            if (round.choice() instanceof Choice.Chosen chosen
                    && round.result() != null
                    && round.result().sentNanos() != null
                    && !ruling.means(chosen.replica().replica().id())) {
                return true;
            }
        }
        return false;
    }
}
