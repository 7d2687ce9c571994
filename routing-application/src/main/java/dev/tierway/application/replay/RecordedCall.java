package dev.tierway.application.replay;

import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.RoutingProgress;
import java.util.ArrayList;
import java.util.List;

/** Everything the decisions of a call were functions of, and what they came to. */
record RecordedCall(RequestFeatures features, RoutingPolicy policy, List<RecordedRound> rounds) {
    /** More would make a record larger than what it explains. */
    private static final int MOST_CANDIDATES = 256;

    /** One decision. */
    record RecordedRound(
            int n,
            long atNanos,
            long seed,
            RoutingProgress progress,
            RetryBudget gatewayRetries,
            List<ReplicaView> pool,
            Outcome outcome) {}

    /** Whether its record would hold every candidate. */
    static boolean fits(Selection selection) {
        if (selection.features().ask().candidates().size() > MOST_CANDIDATES
                || selection.features().ask().escalation().size() > MOST_CANDIDATES) {
            return false;
        }
        for (Round round : selection.rounds()) {
            if (round.choice().verdicts().size() > MOST_CANDIDATES) {
                return false;
            }
        }
        return true;
    }

    static RecordedCall of(Selection selection) {
        return new RecordedCall(
                selection.features(),
                selection.policy(),
                selection.rounds().stream().map(RecordedCall::recorded).toList());
    }

    private static RecordedRound recorded(Round round) {
        List<ReplicaView> pool = new ArrayList<>(round.choice().verdicts().size());
        for (Choice.Verdict verdict : round.choice().verdicts()) {
            pool.add(verdict.replica());
        }
        return new RecordedRound(
                round.n(),
                round.atNanos(),
                round.seed(),
                round.progress(),
                round.gatewayRetries(),
                pool,
                Outcome.of(round.choice()));
    }
}
