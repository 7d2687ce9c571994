package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.adapter.persistence.decision.DecisionRing;
import dev.tierway.adapter.persistence.decision.KeptDecisions;
import dev.tierway.adapter.persistence.decision.NumberedDecision;
import dev.tierway.adapter.persistence.decision.PageRequest;
import dev.tierway.adapter.persistence.decision.TimeOrderedIds;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.Selection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The newest decisions in memory; failures, spills and a sample also in the embedded store. What is asked for is looked up in
 * both and shown as one, newest first.
 */
public final class SqliteDecisionLog implements DecisionLog {
    private final SqliteDatabase database;
    private final DecisionRing ring;
    private final TimeOrderedIds numbers;
    private final DecisionRows rows;

    /**
     * @param ringSize how many decisions are kept in memory
     * @param explainer writes a decision's document
     * @param clock tells how old decisions are
     */
    public SqliteDecisionLog(
            SqliteDatabase database,
            int ringSize,
            Function<Selection, DecisionDocument> explainer,
            Retention retention,
            WallClock clock) {
        this.database = database;
        this.ring = new DecisionRing(ringSize, explainer);
        this.rows = new DecisionRows(database, explainer);
        this.numbers = new TimeOrderedIds(clock, rows.newestNumber(), database.opening());
        database.chore(new Trim("decision", List.of("decision_document", "decision_replay"), retention, clock));
    }

    @Override
    public void append(Selection selection) {
        long number = numbers.next();
        ring.append(number, selection);
        if (KeptDecisions.isKept(selection)) {
            rows.append(number, selection);
        }
    }

    @Override
    public CompletionStage<Optional<DecisionDocument>> find(String id, boolean replay) {
        return database.readLatest(from -> {
            DecisionDocument inMemory = ring.find(id, replay);
            return inMemory != null ? Optional.of(inMemory) : rows.find(id, replay, from);
        });
    }

    @Override
    public CompletionStage<Page> find(Query query) {
        PageRequest page;
        try {
            page = PageRequest.of(query);
        } catch (InvalidRequestException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return database.readLatest(from -> page.page(merged(query, page, from)));
    }

    private List<NumberedDecision> merged(Query query, PageRequest page, Reading from) throws SQLException {
        int most = page.limit() + 1;
        List<NumberedDecision> inMemory = ring.find(query, page.before(), most);
        List<NumberedDecision> inFile;
        try {
            inFile = rows.find(query, page.before(), most, from);
        } catch (SQLException e) {
            if (inMemory.size() == most) {
                // The newest are complete without the file, whose trouble storeUp shows.
                return inMemory;
            }
            throw e;
        }
        Map<Long, NumberedDecision> byNumber = new TreeMap<>(Comparator.reverseOrder());
        inFile.forEach(decision -> byNumber.put(decision.number(), decision));
        inMemory.forEach(decision -> byNumber.put(decision.number(), decision));
        return new ArrayList<>(byNumber.values()).subList(0, Math.min(most, byNumber.size()));
    }

    /** Waits until every decision to be kept is on disk; the database stays open. Not for event loops. */
    @Override
    public void close() {
        database.flushOrGiveUp();
    }
}
