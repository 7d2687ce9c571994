package dev.tierway.adapter.persistence.postgresql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.decision.DecisionFacts;
import dev.tierway.adapter.persistence.decision.DecisionFilter;
import dev.tierway.adapter.persistence.decision.NumberedDecision;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.Selection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decisions as rows: what they are looked up by, and the document beside it. */
final class PostgresDecisions {
    private static final String ONCE = " ON CONFLICT DO NOTHING";
    private static final String FACTS =
            "INSERT INTO decision (number, decision, at, status, code, model, replica, agent,"
                    + " spilled, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + ONCE;
    private static final String DOCUMENT = "INSERT INTO decision_document (number, json) VALUES (?, ?)" + ONCE;
    private static final String REPLAY = "INSERT INTO decision_replay (number, json) VALUES (?, ?)" + ONCE;
    private static final String ONE = "SELECT t.json, r.json FROM decision d JOIN decision_document t USING (number)"
            + " LEFT JOIN decision_replay r USING (number) WHERE d.decision = ? ORDER BY d.number DESC LIMIT 1";

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<Selection, DecisionDocument> explainer;

    PostgresDecisions(Function<Selection, DecisionDocument> explainer) {
        this.explainer = explainer;
    }

    /**
     * One decision on its way; its document is written on the writer's thread.
     *
     * @param over told when it is written or lost
     */
    Row insert(long number, Selection selection, Runnable over) {
        return new Row() {
            @Override
            public void addTo(Batch batch) throws SQLException {
                PostgresDecisions.this.add(number, selection, batch);
            }

            @Override
            public void done() {
                over.run();
            }

            @Override
            public void failed(Exception why) {
                over.run();
            }
        };
    }

    private void add(long number, Selection selection, Batch batch) throws SQLException {
        DecisionDocument document = explainer.apply(selection);
        DecisionFacts facts = DecisionFacts.of(selection, document);
        String text = text(document);
        Map<String, ?> replay = Replay.record(selection);
        batch.row(FACTS)
                .number(number)
                .text(selection.identity().callId())
                .number(facts.atEpochMillis())
                .text(facts.status())
                .text(facts.code())
                .text(facts.model())
                .text(facts.replica())
                .text(facts.agent())
                .flag(facts.spilled())
                .text(facts.key())
                .next();
        batch.row(DOCUMENT).number(number).text(text).next();
        if (replay != null) {
            batch.row(REPLAY)
                    .number(number)
                    .text(text(new DecisionDocument(replay)))
                    .next();
        }
    }

    static Optional<DecisionDocument> find(String id, boolean replay, Connection on) throws SQLException {
        try (Arguments select = new Arguments(on, ONE).text(id);
                ResultSet row = select.statement().executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            DecisionDocument document = parse(row.getString(1));
            return Optional.of(replay ? document.withReplay(record(row.getString(2))) : document);
        }
    }

    private static @Nullable Map<String, ?> record(@Nullable String json) {
        return json == null ? null : parse(json).json();
    }

    static List<NumberedDecision> find(DecisionLog.Query query, long before, int most, Connection on)
            throws SQLException {
        DecisionFilter filter = DecisionFilter.of(query, before);
        try (PreparedStatement select = on.prepareStatement(
                "SELECT d.number, t.json FROM decision d JOIN decision_document t USING (number) WHERE "
                        + filter.condition() + " ORDER BY d.number DESC LIMIT ?")) {
            int next = filter.bind(select);
            select.setInt(next, most);
            List<NumberedDecision> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new NumberedDecision(rows.getLong(1), parse(rows.getString(2))));
                }
            }
            return found;
        }
    }

    private static String text(DecisionDocument document) {
        try {
            return JSON.writeValueAsString(document.json());
        } catch (JsonProcessingException e) {
            throw new StoreException("a decision can't be written as JSON", e);
        }
    }

    private static DecisionDocument parse(String text) {
        try {
            Map<String, Object> object = JSON.readValue(text, OBJECT);
            return new DecisionDocument(object);
        } catch (JsonProcessingException e) {
            throw new StoreException("a stored decision is not JSON: somebody changed the table decision_document", e);
        }
    }
}
