package dev.tierway.adapter.persistence.postgresql;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * This gateway's newest decisions in memory; all gateways' failures, spills and a sample in the shared store. What is asked
 * for is looked up in both and shown as one, newest first.
 */
public final class PostgresDecisionLog implements DecisionLog {
    /** Decisions are large: so many may wait, not as many as other rows. */
    private static final int MOST_WAITING = 2000;

    private final PostgresDatabase database;
    private final PostgresWriter writer;
    private final DecisionRing ring;
    private final TimeOrderedIds numbers;
    private final PostgresDecisions rows;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Waits for the server: not for event loops.
     *
     * @param ringSize how many decisions are kept in memory
     * @param explainer writes a decision's document
     * @param clock tells how old decisions are
     */
    public PostgresDecisionLog(
            PostgresDatabase database,
            PostgresWriter writer,
            int ringSize,
            Function<Selection, DecisionDocument> explainer,
            Retention retention,
            WallClock clock) {
        this.database = database;
        this.writer = writer;
        this.ring = new DecisionRing(ringSize, explainer);
        this.rows = new PostgresDecisions(explainer);
        this.numbers = new TimeOrderedIds(clock, 0, database.opening());
        writer.chore(new PostgresTrim(
                "decision", "number", List.of("decision_document", "decision_replay"), retention, clock));
    }

    @Override
    public void append(Selection selection) {
        long number = numbers.next();
        ring.append(number, selection);
        if (!KeptDecisions.isKept(selection)) {
            return;
        }
        if (waiting.get() >= MOST_WAITING) {
            writer.countLost();
            return;
        }
        waiting.incrementAndGet();
        if (!writer.submit(rows.insert(number, selection, waiting::decrementAndGet))) {
            waiting.decrementAndGet();
        }
    }

    @Override
    public CompletionStage<Optional<DecisionDocument>> find(String id, boolean replay) {
        return writer.settled()
                .thenCompose(settled -> database.run(on -> {
                    DecisionDocument inMemory = ring.find(id, replay);
                    return inMemory != null ? Optional.of(inMemory) : PostgresDecisions.find(id, replay, on);
                }));
    }

    @Override
    public CompletionStage<Page> find(Query query) {
        PageRequest page;
        try {
            page = PageRequest.of(query);
        } catch (InvalidRequestException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return writer.settled().thenCompose(settled -> database.run(on -> page.page(merged(query, page, on))));
    }

    private List<NumberedDecision> merged(Query query, PageRequest page, Connection on) throws SQLException {
        int most = page.limit() + 1;
        Map<Long, NumberedDecision> byNumber = new TreeMap<>(Comparator.reverseOrder());
        PostgresDecisions.find(query, page.before(), most, on).forEach(one -> byNumber.put(one.number(), one));
        ring.find(query, page.before(), most).forEach(one -> byNumber.put(one.number(), one));
        return new ArrayList<>(byNumber.values()).subList(0, Math.min(most, byNumber.size()));
    }

    /** Waits until every decision to be kept is written; the database stays open. Not for event loops. */
    @Override
    public void close() {
        writer.flushOrGiveUp();
    }
}
