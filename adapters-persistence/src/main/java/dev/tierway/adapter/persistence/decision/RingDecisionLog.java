package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.Selection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The newest decisions, gone with the process. */
public final class RingDecisionLog implements DecisionLog {
    private final DecisionRing ring;
    private final TimeOrderedIds numbers;
    private final Executor lookups;

    /**
     * @param size how many decisions are kept
     * @param explainer writes a decision's document
     * @param lookups where decisions are looked up; not an event loop
     */
    public RingDecisionLog(
            int size, Function<Selection, DecisionDocument> explainer, WallClock clock, Executor lookups) {
        this.ring = new DecisionRing(size, explainer);
        this.numbers = new TimeOrderedIds(clock, 0, 0);
        this.lookups = lookups;
    }

    @Override
    public void append(Selection selection) {
        ring.append(numbers.next(), selection);
    }

    @Override
    public CompletionStage<Optional<DecisionDocument>> find(String id, boolean replay) {
        return CompletableFuture.supplyAsync(() -> Optional.ofNullable(ring.find(id, replay)), lookups);
    }

    @Override
    public CompletionStage<Page> find(Query query) {
        PageRequest page;
        try {
            page = PageRequest.of(query);
        } catch (InvalidRequestException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return CompletableFuture.supplyAsync(
                () -> page.page(ring.find(query, page.before(), page.limit() + 1)), lookups);
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
