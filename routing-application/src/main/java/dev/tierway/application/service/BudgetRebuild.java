package dev.tierway.application.service;

import dev.tierway.application.limits.LedgerFloors;
import dev.tierway.application.port.out.BudgetsRaised;
import dev.tierway.application.port.out.BudgetsRaised.Source;
import dev.tierway.application.port.out.LostUsage;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.UsageLoss;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Raised;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * After a store of limits has lost something: raises the budgets in force to what the account book knows to be spent, where that is
 * more. So money is the higher of what the store and what the book says.
 */
public final class BudgetRebuild implements LostUsage {
    private static final int RAISED_AT_ONCE = 500;

    private record Begun(QuotaStore store, Listeners listeners) {}

    private final LedgerFloors floors;
    private final CompletableFuture<Begun> begun = new CompletableFuture<>();

    /** What listeners know already: the book may have to be asked again. */
    private final AtomicReference<@Nullable UsageLoss> told = new AtomicReference<>();

    public BudgetRebuild(LedgerFloors floors) {
        this.floors = floors;
    }

    /** From now on it raises budgets there, and these hear of it; also of what was lost before. */
    public void begin(QuotaStore store, List<RoutingListener> all) {
        begun.complete(new Begun(store, new Listeners(all)));
    }

    @Override
    public CompletionStage<@Nullable Void> lost(UsageLoss loss) {
        return begun.thenCompose(here -> {
            if (told.getAndSet(loss) != loss && loss.cause() == UsageLoss.Cause.FORGOTTEN) {
                here.listeners.budgetsRaised(
                        new BudgetsRaised(loss.cause(), Source.REMEMBERED, loss.raised(), List.of()));
            }
            return floors.before(loss.untilEpochMillis())
                    .thenCompose(found -> raised(here.store, found.floors()).thenApply(raised -> {
                        here.listeners.budgetsRaised(
                                new BudgetsRaised(loss.cause(), Source.LEDGER, raised, found.unknown()));
                        return null;
                    }));
        });
    }

    private static CompletionStage<List<Raised>> raised(QuotaStore store, List<Floor> floors) {
        CompletionStage<List<Raised>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (int from = 0; from < floors.size(); from += RAISED_AT_ONCE) {
            List<Floor> some = floors.subList(from, Math.min(floors.size(), from + RAISED_AT_ONCE));
            all = all.thenCompose(before -> store.raise(some).thenApply(raised -> {
                before.addAll(raised);
                return before;
            }));
        }
        return all;
    }
}
