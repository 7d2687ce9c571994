package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest decisions as the objects they were made of: keeping one costs a few nanoseconds, its document is written only
 * when somebody asks.
 */
public final class DecisionRing {
    private static final class Entry {
        final long number;
        final Selection selection;
        /** Written when first needed; threads that race write the same. */
        volatile @Nullable DecisionFacts facts;

        Entry(long number, Selection selection) {
            this.number = number;
            this.selection = selection;
        }
    }

    private final AtomicReferenceArray<Entry> slots;
    private final AtomicLong next = new AtomicLong();
    private final Function<Selection, DecisionDocument> explainer;

    /** @param size how many decisions are kept */
    public DecisionRing(int size, Function<Selection, DecisionDocument> explainer) {
        if (size < 1) {
            throw new IllegalArgumentException("a ring keeps 1 decision or more, not " + size);
        }
        this.slots = new AtomicReferenceArray<>(size);
        this.explainer = explainer;
    }

    /** Never blocks. */
    public void append(long number, Selection selection) {
        slots.set((int) (next.getAndIncrement() % slots.length()), new Entry(number, selection));
    }

    /** Writes a document; not for event loops. */
    public @Nullable DecisionDocument find(String id, boolean replay) {
        for (Entry entry : newestFirst(Long.MAX_VALUE)) {
            if (entry.selection.identity().callId().equals(id)) {
                DecisionDocument document = explainer.apply(entry.selection);
                return replay ? document.withReplay(Replay.record(entry.selection)) : document;
            }
        }
        return null;
    }

    /** The newest that match and have a smaller number; at most so many. Writes documents; not for event loops. */
    public List<NumberedDecision> find(DecisionLog.Query query, long before, int most) {
        List<NumberedDecision> found = new ArrayList<>();
        for (Entry entry : newestFirst(before)) {
            DecisionFacts facts = entry.facts;
            if (facts == null) {
                facts = DecisionFacts.of(entry.selection, explainer.apply(entry.selection));
                entry.facts = facts;
            }
            if (facts.matches(query)) {
                found.add(new NumberedDecision(entry.number, explainer.apply(entry.selection)));
                if (found.size() == most) {
                    break;
                }
            }
        }
        return found;
    }

    /** By number: threads may have appended in another order than they got their numbers in. */
    private List<Entry> newestFirst(long before) {
        List<Entry> entries = new ArrayList<>();
        long end = next.get();
        for (long at = end - 1; at >= 0 && at >= end - slots.length(); at--) {
            Entry entry = slots.get((int) (at % slots.length()));
            if (entry != null && entry.number < before) {
                entries.add(entry);
            }
        }
        entries.sort(Comparator.comparingLong((Entry entry) -> entry.number).reversed());
        return entries;
    }
}
