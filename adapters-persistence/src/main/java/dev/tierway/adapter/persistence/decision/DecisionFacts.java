package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.domain.call.Selection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decisions are looked up by, read from the document everybody sees, so that a filter can't disagree with what it shows.
 *
 * @param spilled whether it took more than one round
 */
public record DecisionFacts(
        long atEpochMillis,
        @Nullable String status,
        @Nullable String code,
        @Nullable String model,
        @Nullable String replica,
        @Nullable String agent,
        @Nullable String key,
        boolean spilled) {
    public static DecisionFacts of(Selection selection, DecisionDocument document) {
        Object outcome = document.json().get("outcome");
        Object asked = document.json().get("asked");
        Object options = asked instanceof Map<?, ?> map ? map.get("options") : null;
        return new DecisionFacts(
                selection.identity().atEpochMillis(),
                text(outcome, "status"),
                text(outcome, "code"),
                text(outcome, "model"),
                text(outcome, "replica"),
                text(options, "agent"),
                selection.identity().key(),
                spilled(selection));
    }

    public static boolean spilled(Selection selection) {
        return selection.rounds().size() > 1;
    }

    private static @Nullable String text(@Nullable Object object, String field) {
        Object value = object instanceof Map<?, ?> map ? map.get(field) : null;
        return value == null ? null : value.toString();
    }

    /** Whether the query asks for it; from {@code since} on, up to but not at {@code until}. */
    public boolean matches(DecisionLog.Query query) {
        return (query.sinceEpochMillis() == null || atEpochMillis >= query.sinceEpochMillis())
                && (query.untilEpochMillis() == null || atEpochMillis < query.untilEpochMillis())
                && (query.spilled() == null || spilled == query.spilled())
                && same(query.status(), status)
                && same(query.code(), code)
                && same(query.model(), model)
                && same(query.replica(), replica)
                && same(query.agent(), agent)
                && same(query.key(), key);
    }

    private static boolean same(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }
}
