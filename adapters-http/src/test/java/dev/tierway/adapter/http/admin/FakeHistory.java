package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.Selections;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.QueryHistory;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** So many rows, made when they are asked for; remembers what was asked. */
public final class FakeHistory implements QueryHistory {
    public static final List<String> PARAMETERS = HistoryHandler.PARAMETERS;
    public static final List<String> COLUMNS = HistoryColumns.NAMES;
    static final long NOW = 1_700_000_000_000L;

    final List<LedgerQuery> asked = new CopyOnWriteArrayList<>();
    final List<Integer> limits = new CopyOnWriteArrayList<>();
    volatile int rows;
    volatile IntFunction<LedgerRow> row = n -> row(n, Selections.USAGE, Selections.COST, null);
    volatile int breaksAfterPages = Integer.MAX_VALUE;
    volatile LedgerTotals totals = new LedgerTotals(totals(0), List.of(), false);
    volatile @Nullable LedgerGroup by;

    public static LedgerRow row(
            int n, @Nullable TokenUsage usage, @Nullable NanoUsd cost, @Nullable FailureClass failure) {
        return new LedgerRow(
                new AttemptId("dec_" + n, 1),
                true,
                new LedgerRow.Served(
                        Selections.WEST.id(), Selections.WEST.provider(), Selections.WEST.model(), ModelTier.MID),
                new LedgerRow.Origin("r" + n, null, "k", "a,\"b\"", null, null, null, Map.of("team", "search")),
                new LedgerRow.Timing(NOW - 1500, NOW, 620_000_400L, 1_500_000_000L),
                new LedgerRow.Charge(usage, cost, null),
                failure == null ? AttemptOutcome.DELIVERED : AttemptOutcome.FAILED,
                failure);
    }

    static LedgerTotals.Totals totals(long calls) {
        Map<AttemptOutcome, Long> attempts = new TreeMap<>();
        for (AttemptOutcome outcome : AttemptOutcome.values()) {
            attempts.put(outcome, outcome == AttemptOutcome.DELIVERED ? calls : 1);
        }
        return new LedgerTotals.Totals(calls, attempts, Selections.USAGE, 2, 3, Selections.COST, 4, 1_000L, 2_000L);
    }

    @Override
    public CompletionStage<LedgerPage> history(LedgerQuery query, int limit, @Nullable String cursor) {
        asked.add(query);
        limits.add(limit);
        if (asked.size() > breaksAfterPages) {
            return CompletableFuture.failedFuture(new IllegalStateException("the disk is gone"));
        }
        int from;
        try {
            from = (int) Math.min(rows, LedgerCursor.parse(cursor).before());
        } catch (IllegalArgumentException notOurs) {
            return CompletableFuture.failedFuture(new InvalidRequestException(
                    TierwayException.Details.of(400, "invalid_request", notOurs.getMessage())));
        }
        int to = Math.max(0, from - limit);
        List<LedgerRow> page = IntStream.range(to, from)
                .map(n -> from - 1 - (n - to))
                .mapToObj(row)
                .toList();
        return CompletableFuture.completedFuture(new LedgerPage(page, to == 0 ? null : new LedgerCursor(to)));
    }

    @Override
    public CompletionStage<LedgerTotals> spend(LedgerQuery query, LedgerGroup group) {
        asked.add(query);
        by = group;
        return CompletableFuture.completedFuture(totals);
    }
}
