package dev.tierway.application.explain;

import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.routing.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what came of an attempt. */
final class ResultWriter {
    private static final Word[] CHARGED = Word.of(AttemptResult.Charged.values());
    private static final Word[] VERDICTS = Word.of(AttemptResult.Verdict.values());

    private final Selection selection;
    private final Round round;
    private final JsonWriter out;

    ResultWriter(Selection selection, Round round, JsonWriter out) {
        this.selection = selection;
        this.round = round;
        this.out = out;
    }

    void write() {
        AttemptResult result = round.result();
        if (result == null) {
            out.unknown();
            return;
        }
        Failure failure = result.failure();
        long start = selection.identity().startNanos();
        out.beginObject();
        out.name("class").text(failure == null ? null : failure.failureClass().id());
        out.name("upstream_status").number(failure == null ? null : failure.upstreamStatus());
        out.name("retry_after_ms").number(failure == null ? null : failure.retryAfterMillis());
        out.name("message").text(failure == null ? null : failure.message());
        out.name("denied_by").text(result.denied());
        out.name("start_ms").number((result.startNanos() - start) / 1_000_000);
        Long commit = result.commitNanos();
        out.name("commit_ms").number(commit == null ? null : Long.valueOf((commit - start) / 1_000_000));
        out.name("end_ms").number((result.endNanos() - start) / 1_000_000);
        out.name("charge").word(CHARGED[result.charged().ordinal()]);
        out.name(Names.COST_USD).text(cost(result));
        out.name(Names.TOKENS);
        DecisionWriter.tokens(result.usage(), out);
        out.name(Names.VERDICT).word(VERDICTS[verdict(result).ordinal()]);
        out.endObject();
    }

    private static @Nullable String cost(AttemptResult result) {
        NanoUsd cost = result.cost();
        return switch (result.charged()) {
            case REFUNDED, REFUNDED_BUT_REQUEST, NOTHING_RESERVED -> "0";
            case SETTLED, UNKNOWN -> cost == null ? null : cost.toDecimalString();
        };
    }

    /** A spill to another model is told apart by who was chosen next. */
    private AttemptResult.Verdict verdict(AttemptResult result) {
        if (result.verdict() == AttemptResult.Verdict.NEXT_REPLICA
                && round.choice() instanceof Choice.Chosen here
                && next() instanceof Choice.Chosen there) {
            if (RoundWriter.id(here.replica()).equals(RoundWriter.id(there.replica()))) {
                return AttemptResult.Verdict.REPEAT;
            }
            if (!here.replica().model().id().equals(there.replica().model().id())) {
                return AttemptResult.Verdict.NEXT_MODEL;
            }
        }
        return result.verdict();
    }

    /** Who was chosen next; a call may have waited in between. */
    private Choice.@Nullable Chosen next() {
        List<Round> rounds = selection.rounds();
        for (Round later : rounds.subList(rounds.indexOf(round) + 1, rounds.size())) {
            if (later.choice() instanceof Choice.Chosen chosen) {
                return chosen;
            }
        }
        return null;
    }
}
