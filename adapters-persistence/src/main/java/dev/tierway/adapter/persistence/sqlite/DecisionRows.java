package dev.tierway.adapter.persistence.sqlite;

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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Decisions as rows: what they are looked up by, and the document beside it. */
final class DecisionRows {
    /** Decisions are large: so many may wait for the disk, not as many as other writes. */
    private static final int MOST_WAITING = 2000;

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private final SqliteDatabase database;
    private final Function<Selection, DecisionDocument> explainer;
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger waiting = new AtomicInteger();

    DecisionRows(SqliteDatabase database, Function<Selection, DecisionDocument> explainer) {
        this.database = database;
        this.explainer = explainer;
    }

    /** The largest number in the file. Waits for the disk. */
    long newestNumber() {
        return database.<Long>read(from -> {
                    try (ResultSet row = from.connection()
                            .prepare("SELECT coalesce(max(number), 0) FROM decision")
                            .executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                })
                .toCompletableFuture()
                .join();
    }

    void append(long number, Selection selection) {
        if (waiting.get() >= MOST_WAITING) {
            database.countLost();
            return;
        }
        waiting.incrementAndGet();
        if (!database.submit(new Insert(number, selection))) {
            waiting.decrementAndGet();
        }
    }

    /** One decision on its way to the file; its document is written on the writer's thread. */
    private final class Insert implements Write {
        private final long number;
        private final Selection selection;

        Insert(long number, Selection selection) {
            this.number = number;
            this.selection = selection;
        }

        @Override
        public void run(Statements on) throws SQLException {
            DecisionDocument document = explainer.apply(selection);
            DecisionFacts facts = DecisionFacts.of(selection, document);
            PreparedStatement insert = on.prepare(
                    "INSERT INTO decision (number, decision, at, status, code, model, replica, agent, spilled, key)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            insert.setLong(1, number);
            insert.setString(2, selection.identity().callId());
            insert.setLong(3, facts.atEpochMillis());
            insert.setString(4, facts.status());
            insert.setString(5, facts.code());
            insert.setString(6, facts.model());
            insert.setString(7, facts.replica());
            insert.setString(8, facts.agent());
            insert.setBoolean(9, facts.spilled());
            insert.setString(10, facts.key());
            insert.executeUpdate();
            PreparedStatement text =
                    on.prepare("INSERT INTO decision_document (id, json) VALUES (last_insert_rowid(), ?)");
            text.setString(1, write(document));
            text.executeUpdate();
            Map<String, ?> replay = Replay.record(selection);
            if (replay != null) {
                PreparedStatement record =
                        on.prepare("INSERT INTO decision_replay (id, json) VALUES (last_insert_rowid(), ?)");
                record.setBytes(1, Deflated.of(write(new DecisionDocument(replay))));
                record.executeUpdate();
            }
        }

        @Override
        public void done() {
            waiting.decrementAndGet();
        }

        @Override
        public void failed(Exception why) {
            waiting.decrementAndGet();
        }
    }

    Optional<DecisionDocument> find(String id, boolean replay, Reading from) throws SQLException {
        PreparedStatement select = from.connection()
                .prepare("SELECT t.json, r.json FROM decision d JOIN decision_document t ON t.id = d.id"
                        + " LEFT JOIN decision_replay r ON r.id = d.id WHERE d.decision = ?"
                        + " ORDER BY d.number DESC LIMIT 1");
        select.setString(1, id);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            DecisionDocument document = parse(row.getString(1));
            byte[] record = row.getBytes(2);
            return Optional.of(
                    replay
                            ? document.withReplay(
                                    record == null
                                            ? null
                                            : parse(Deflated.text(record)).json())
                            : document);
        }
    }

    List<NumberedDecision> find(DecisionLog.Query query, long before, int most, Reading from) throws SQLException {
        DecisionFilter filter = DecisionFilter.of(query, before);
        PreparedStatement select = from.connection()
                .prepare("SELECT d.number, t.json FROM decision d JOIN decision_document t ON t.id = d.id WHERE "
                        + filter.condition() + " ORDER BY d.number DESC LIMIT ?");
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

    private String write(DecisionDocument document) {
        try {
            return json.writeValueAsString(document.json());
        } catch (JsonProcessingException e) {
            throw new StoreException("a decision can't be written as JSON", e);
        }
    }

    private DecisionDocument parse(String text) {
        try {
            Map<String, Object> object = json.readValue(text, OBJECT);
            return new DecisionDocument(object);
        } catch (JsonProcessingException e) {
            throw new StoreException("a stored decision is not JSON: the file is damaged, move it away", e);
        }
    }
}
