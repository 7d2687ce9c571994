package dev.tierway.application.explain;

import dev.tierway.domain.call.Selection;
import dev.tierway.domain.routing.Change;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.WhyNot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes why a replica isn't the one, and the least that would put it first. */
final class WhyNotWriter {
    private static final int USD_PLACES = 6;

    private final JsonWriter out;

    WhyNotWriter(JsonWriter out) {
        this.out = out;
    }

    void write(String replica, Selection selection) {
        WhyNot answer = DecisionExplainer.whyNot(replica, selection);
        out.beginObject();
        out.name("replica").text(replica);
        out.name("verdict").text(verdict(answer));
        out.name("first").flag(answer != null && answer.first());
        out.name("ahead").text(answer == null || answer.ahead() == null ? null : RoundWriter.id(answer.ahead()));
        out.name("behind_usd").decimal(answer == null ? null : answer.behindUsd(), USD_PLACES);
        out.name("decided_by")
                .text(
                        answer == null || answer.decidedBy() == null
                                ? null
                                : answer.decidedBy().id());
        codes("reasons", answer == null ? List.of() : answer.reasons());
        codes("fixed", answer == null ? List.of() : answer.fixed());
        out.name("changes");
        changes(answer == null ? List.of() : answer.changes());
        out.name("alternatives").beginArray();
        if (answer != null) {
            answer.alternatives().forEach(this::changes);
        }
        out.endArray();
        out.name("summary").text(WhyNotWords.summary(replica, answer, selection));
        out.endObject();
    }

    private static String verdict(@Nullable WhyNot answer) {
        if (answer == null) {
            // Not of the asked tier, use case, model or route; or there is no such replica at all.
            return "no_candidate";
        }
        return answer.chosen() ? "chosen" : answer.reasons().isEmpty() ? "eligible" : "rejected";
    }

    private void codes(String name, List<Rejection> rejections) {
        ReasonWriter.texts(name, rejections.stream().map(Rejection::code).toList(), out);
    }

    private void changes(List<Change> changes) {
        out.beginArray();
        changes.forEach(change -> ChangeWriter.write(change, out));
        out.endArray();
    }
}
