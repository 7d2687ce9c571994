package dev.tierway.application.limits;

import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the account book says those spent whom one rule is for: all together, or each one in its API key's space. */
final class SpentBy {
    /** Each is a question of its own. */
    private static final int MOST_TAG_VALUES = 1000;

    private static final String TOO_MANY =
            "the ledger tells " + LedgerTotals.MOST_GROUPS + " names apart at most, the dearest first";

    /**
     * @param nanoUsd more than 0 each
     * @param unknown what the book can't tell; null: nothing
     */
    record Spent(Map<Owner, Long> nanoUsd, @Nullable String unknown) {}

    private final CallLedger ledger;
    private final List<Owner> heard;
    private final Map<Owner, Long> nanoUsd = new LinkedHashMap<>();
    private @Nullable String unknown;

    /** @param heard names that called this instance lately: tags can't be told apart otherwise */
    SpentBy(CallLedger ledger, List<Owner> heard) {
        this.ledger = ledger;
        this.heard = heard;
    }

    CompletionStage<Spent> of(Subject subject, LedgerQuery query) {
        Owner together = subject.together();
        CompletionStage<?> done = switch (subject) {
            case Subject.Everyone everyone -> all(query, together);
            case Subject.OfKey(var id) ->
                id == null
                        ? each(query, LedgerGroup.KEY, (name, spent) -> add(name == null ? null : key(name), spent))
                        : all(query.where(LedgerField.KEY, id), together);
            case Subject.Named(var word, var name) ->
                name == null ? named(word, query) : all(query.where(field(word), name), together);
            case Subject.Tagged(var tag, var value) ->
                value == null ? tagged(tag, query) : all(query.tag(tag, value), together);
        };
        return done.thenApply(all -> new Spent(nanoUsd, unknown));
    }

    private void add(@Nullable Owner owner, long spent) {
        if (owner != null && spent > 0) {
            nanoUsd.merge(owner, spent, Long::sum);
        }
    }

    private static Owner key(String id) {
        return new Owner(Owner.Kind.KEY, null, null, id, false);
    }

    private CompletionStage<?> all(LedgerQuery query, @Nullable Owner together) {
        return ledger.totals(query, LedgerGroup.PROVIDER)
                .thenAccept(totals -> add(together, totals.all().cost().value()));
    }

    /** Groups without a name come with a null one. */
    private CompletionStage<Boolean> each(LedgerQuery query, LedgerGroup by, BiConsumer<@Nullable String, Long> to) {
        return ledger.totals(query, by).thenApply(totals -> {
            for (LedgerTotals.Group group : totals.groups()) {
                to.accept(group.name(), group.totals().cost().value());
            }
            if (totals.more()) {
                unknown = TOO_MANY;
            }
            return !totals.more();
        });
    }

    /** Key by key. What calls without a key spent is what is left of the whole: only if all of it is known. */
    private CompletionStage<?> named(Subject.Word word, LedgerQuery query) {
        List<String> keys = new ArrayList<>();
        boolean[] keyless = new boolean[1];
        Map<String, Long> left = new LinkedHashMap<>();
        return each(query, LedgerGroup.KEY, (key, spent) -> {
                    if (key == null) {
                        keyless[0] = true;
                    } else {
                        keys.add(key);
                    }
                })
                .thenCompose(all -> keyless[0]
                        ? each(query, group(word), (name, spent) -> {
                            if (name != null) {
                                left.put(name, spent);
                            }
                        })
                        : CompletableFuture.completedStage(true))
                .thenCompose(all -> inTurn(
                        keys.iterator(),
                        key -> each(query.where(LedgerField.KEY, key), group(word), (name, spent) -> {
                            if (name != null) {
                                add(new Owner(kind(word), null, key, name, false), spent);
                                left.computeIfPresent(name, (same, whole) -> whole - spent);
                            }
                        })))
                .thenAccept(done -> {
                    if (unknown == null) {
                        left.forEach((name, spent) -> add(new Owner(kind(word), null, null, name, false), spent));
                    }
                });
    }

    private CompletionStage<?> tagged(String tag, LedgerQuery query) {
        List<String> values = heard.stream()
                .filter(owner -> owner.kind() == Owner.Kind.TAG && tag.equals(owner.tag()))
                .map(Owner::name)
                .<String>mapMulti((name, to) -> {
                    if (name != null) {
                        to.accept(name);
                    }
                })
                .distinct()
                .toList();
        if (values.size() > MOST_TAG_VALUES) {
            unknown = "the ledger is asked for " + MOST_TAG_VALUES + " values of a tag at most, those heard last";
        }
        return inTurn(
                values.stream().limit(MOST_TAG_VALUES).iterator(),
                value -> each(
                        query.tag(tag, value),
                        LedgerGroup.KEY,
                        (key, spent) -> add(new Owner(Owner.Kind.TAG, tag, key, value, false), spent)));
    }

    private static <T> CompletionStage<?> inTurn(Iterator<T> all, Function<T, CompletionStage<?>> task) {
        return all.hasNext()
                ? task.apply(all.next()).thenCompose(done -> inTurn(all, task))
                : CompletableFuture.completedStage(null);
    }

    private static LedgerField field(Subject.Word word) {
        return switch (word) {
            case AGENT -> LedgerField.AGENT;
            case WORKFLOW -> LedgerField.WORKFLOW;
            case USER -> LedgerField.USER;
        };
    }

    private static LedgerGroup group(Subject.Word word) {
        return switch (word) {
            case AGENT -> LedgerGroup.AGENT;
            case WORKFLOW -> LedgerGroup.WORKFLOW;
            case USER -> LedgerGroup.USER;
        };
    }

    private static Owner.Kind kind(Subject.Word word) {
        return switch (word) {
            case AGENT -> Owner.Kind.AGENT;
            case WORKFLOW -> Owner.Kind.WORKFLOW;
            case USER -> Owner.Kind.USER;
        };
    }
}
