package dev.tierway.adapter.http.observe;

import dev.tierway.application.error.Errors;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Choice;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A finished call, as metrics and logs look at it. */
record FinishedCall(Selection selection, CallResult result) {
    /** Where there is nothing to name: no model was chosen, no error happened. */
    static final String NONE = "none";

    static FinishedCall of(Selection selection) {
        return new FinishedCall(selection, Objects.requireNonNull(selection.result(), "a dry run is no call"));
    }

    boolean delivered() {
        return result instanceof CallResult.Answer;
    }

    /** Whether an attempt used tokens whose price is unknown: its cost is missing in the books. */
    boolean unpriced() {
        return selection.rounds().stream()
                .map(Round::result)
                .anyMatch(attempt -> attempt != null && attempt.usage() != null && attempt.cost() == null);
    }

    String code() {
        return delivered() ? NONE : Errors.of(selection).code();
    }

    int httpStatus() {
        return delivered() ? 200 : Errors.of(selection).httpStatus();
    }

    String useCase() {
        UseCase useCase = selection.features().ask().useCase();
        return useCase == null ? NONE : useCase.name();
    }

    /** The replica last tried, else the best of those refused; null if there were none. */
    @Nullable
    ReplicaView replica() {
        List<Round> rounds = selection.rounds();
        for (int i = rounds.size() - 1; i >= 0; i--) {
            if (rounds.get(i).choice() instanceof Choice.Chosen chosen) {
                return chosen.replica();
            }
        }
        return null;
    }

    String model() {
        ReplicaView replica = replica();
        return replica == null ? NONE : replica.model().id().value();
    }

    String tier() {
        ReplicaView replica = replica();
        if (replica != null) {
            return replica.model().tier().id();
        }
        return selection.rounds().stream()
                .flatMap(round -> round.choice().verdicts().stream())
                .map(verdict -> verdict.replica().model().tier().id())
                .findFirst()
                .orElse(NONE);
    }

    /** Nanoseconds from the start until the answer began to reach the caller; null if it never did. */
    @Nullable
    Long firstTokenNanos() {
        for (Round round : selection.rounds()) {
            AttemptResult attempt = round.result();
            if (attempt != null && attempt.commitNanos() != null) {
                return attempt.commitNanos() - selection.identity().startNanos();
            }
        }
        return null;
    }

    /**
     * Nanoseconds in which nothing was being asked of a vendor before a request left: deciding, reserving, waiting for a
     * slot. Null if nothing was sent.
     */
    @Nullable
    Long overheadNanos() {
        long overhead = 0;
        long free = selection.identity().startNanos();
        boolean sent = false;
        for (Round round : selection.rounds()) {
            AttemptResult attempt = round.result();
            if (attempt != null && attempt.sentNanos() != null) {
                sent = true;
                overhead += Math.max(0, attempt.sentNanos() - free);
                free = attempt.endNanos();
            }
        }
        return sent ? overhead : null;
    }
}
