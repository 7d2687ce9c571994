package dev.tierway.application.explain;

import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RunnerUp;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one round: who was chosen and why, the candidates with their verdicts, and what came of the attempt. */
final class RoundWriter {
    private static final int MOST_CANDIDATES = 32;
    private static final int SHARE_PLACES = 4;
    private static final Word[] BECAUSE = Word.of(Choice.Because.values());
    private static final Word NOBODY = Word.of("nobody_eligible");

    private final Selection selection;
    private final Round round;
    private final @Nullable RunnerUp next;
    private final JsonWriter out;

    /** @param next who would have been chosen otherwise */
    RoundWriter(Selection selection, Round round, @Nullable RunnerUp next, JsonWriter out) {
        this.selection = selection;
        this.round = round;
        this.next = next;
        this.out = out;
    }

    void write() {
        Choice.Chosen chosen = round.choice() instanceof Choice.Chosen one ? one : null;
        out.beginObject();
        out.name(Names.ATTEMPT).number(round.n());
        out.name(Names.CHOSE).text(chosen == null ? null : id(chosen.replica()));
        out.name(Names.BECAUSE)
                .word(chosen == null ? NOBODY : BECAUSE[chosen.because().ordinal()]);
        out.name(Names.PROPENSITY);
        if (chosen == null) {
            out.unknown();
        } else {
            out.decimal(chosen.propensity(), SHARE_PLACES);
        }
        out.name(Names.RUNNER_UP).text(next == null ? null : id(next.replica()));
        out.name(Names.DECIDED_BY).text(decidedBy(next));
        Choice.Verdict[] ranked = Ranking.of(round.choice());
        int shown = Math.min(ranked.length, MOST_CANDIDATES);
        CandidateWriter candidates =
                new CandidateWriter(chosen == null ? null : chosen.replica(), round.atNanos(), out);
        out.name(Names.CANDIDATES).beginArray();
        for (int i = 0; i < shown; i++) {
            candidates.write(ranked[i]);
        }
        out.endArray();
        out.name(Names.OMITTED);
        omitted(ranked, shown);
        out.name(Names.RESULT);
        new ResultWriter(selection, round, out).write();
        out.endObject();
    }

    private static @Nullable String decidedBy(@Nullable RunnerUp next) {
        var by = next == null ? null : next.decidedBy();
        return by == null ? null : by.id();
    }

    private void omitted(Choice.Verdict[] ranked, int shown) {
        Map<String, Integer> counts = selection.features().ask().omitted();
        if (shown < ranked.length) {
            counts = new LinkedHashMap<>(counts);
            for (int i = shown; i < ranked.length; i++) {
                Choice.Verdict verdict = ranked[i];
                String code = verdict.eligible()
                        ? "eligible"
                        : verdict.rejections().getFirst().code();
                counts.merge(code, 1, Integer::sum);
            }
        }
        out.beginObject();
        counts.forEach((code, count) -> out.name(code).number(count));
        out.endObject();
    }

    static String id(ReplicaView view) {
        return view.replica().id().value();
    }
}
