package dev.tierway.application.agents;

import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.WallClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** When the first call of what is limited by time began: asked of the account book once, then remembered. Safe for many threads. */
final class FirstCalls {
    /** Of more than that the book is asked again. */
    private static final int MOST = 20_000;

    private final CallLedger ledger;
    private final WallClock clock;
    private final Map<String, Long> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    FirstCalls(CallLedger ledger, WallClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Null if the book has to be asked. */
    @Nullable
    Long known(LimitedScope scope) {
        synchronized (known) {
            return known.get(scope.key());
        }
    }

    /** Asks; if the book knows of no call, this one is the first. */
    CompletionStage<Long> find(LimitedScope scope) {
        LedgerQuery rows = scope.rows();
        if (rows == null) {
            return CompletableFuture.completedStage(learned(scope, clock.epochMillis()));
        }
        return totals(rows).thenApply(first -> {
            Long since = scope.reset().sinceEpochMillis();
            long found = first == null ? clock.epochMillis() : first;
            return learned(scope, since == null ? found : Math.max(since, found));
        });
    }

    private CompletionStage<@Nullable Long> totals(LedgerQuery rows) {
        try {
            return ledger.totals(rows, LedgerGroup.PROVIDER)
                    .thenApply(totals -> totals.all().firstEpochMillis());
        } catch (RuntimeException broken) {
            return CompletableFuture.failedStage(broken);
        }
    }

    private long learned(LimitedScope scope, long first) {
        synchronized (known) {
            return known.merge(scope.key(), first, Math::min);
        }
    }
}
