package dev.tierway.application.explain;

import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.routing.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request loses on its way into another dialect, for people. */
public final class LossWords {
    private LossWords() {}

    /** @param lost at least one */
    public static String warning(ReplicaId replica, List<Construct> lost) {
        return String.join(", ", lost.stream().map(Construct::words).toList()) + " left out: " + replica
                + " is spoken to in a dialect that can't say it";
    }

    /** What the attempt that answered went without; null if nothing, or nobody answered. */
    static @Nullable String warning(Selection selection) {
        if (selection.rounds().isEmpty()) {
            return null;
        }
        Round last = selection.rounds().getLast();
        boolean answered = last.result() == null || last.result().failure() == null;
        if (!answered || !(last.choice() instanceof Choice.Chosen chosen)) {
            return null;
        }
        var wording = selection.features().wording();
        List<Construct> lost = chosen.replica().dialect().loses(wording.format(), wording.uses());
        return lost.isEmpty() ? null : warning(chosen.replica().replica().id(), lost);
    }
}
