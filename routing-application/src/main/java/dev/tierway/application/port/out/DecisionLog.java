package dev.tierway.application.port.out;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.domain.call.Selection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Remembers decisions: the newest in memory, failures, spills and a sample durably. */
public interface DecisionLog extends AutoCloseable {
    /** Never blocks. */
    void append(Selection selection);

    /** @param replay whether the record that suffices to decide again is wanted too, if it is kept */
    CompletionStage<Optional<DecisionDocument>> find(String id, boolean replay);

    CompletionStage<Page> find(Query query);

    @Override
    void close();

    /**
     * Which decisions; null matches all.
     *
     * @param key of the caller, by id
     * @param limit 1 to 1,000
     * @param cursor from the page before
     */
    record Query(
            @Nullable Long sinceEpochMillis,
            @Nullable Long untilEpochMillis,
            @Nullable String status,
            @Nullable String code,
            @Nullable String model,
            @Nullable String replica,
            @Nullable String agent,
            @Nullable Boolean spilled,
            @Nullable String key,
            int limit,
            @Nullable String cursor) {
        /** Of every caller. */
        public Query(
                @Nullable Long sinceEpochMillis,
                @Nullable Long untilEpochMillis,
                @Nullable String status,
                @Nullable String code,
                @Nullable String model,
                @Nullable String replica,
                @Nullable String agent,
                @Nullable Boolean spilled,
                int limit,
                @Nullable String cursor) {
            this(sinceEpochMillis, untilEpochMillis, status, code, model, replica, agent, spilled, null, limit, cursor);
        }

        /** The same of one caller. */
        public Query ofKey(String id) {
            return new Query(
                    sinceEpochMillis,
                    untilEpochMillis,
                    status,
                    code,
                    model,
                    replica,
                    agent,
                    spilled,
                    id,
                    limit,
                    cursor);
        }
    }

    /** Newest first. */
    record Page(List<DecisionDocument> data, @Nullable String nextCursor) {}
}
