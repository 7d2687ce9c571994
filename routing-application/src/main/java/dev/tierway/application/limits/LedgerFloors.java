package dev.tierway.application.limits;

import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the account book knows to be spent of the budgets in force, each in its present calendar window. */
public final class LedgerFloors {
    /**
     * What was found.
     *
     * @param floors no two of the same key
     * @param unknown budgets of which the book can't tell everything, and why
     */
    public record Found(List<Floor> floors, List<String> unknown) {
        public Found {
            floors = List.copyOf(floors);
            unknown = List.copyOf(unknown);
        }
    }

    private final CallLedger ledger;
    private final LimitsInForce limits;
    private final WallClock clock;

    public LedgerFloors(CallLedger ledger, LimitsInForce limits, WallClock clock) {
        this.ledger = ledger;
        this.limits = limits;
        this.clock = clock;
    }

    /** Of attempts that entered the book before that time. Budget after budget: the book has calls to write meanwhile. */
    public CompletionStage<Found> before(long untilEpochMillis) {
        LimitRules rules = limits.inForce();
        long now = clock.epochMillis();
        Map<String, Floor> floors = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        CompletionStage<@Nullable Void> asked = CompletableFuture.completedStage(null);
        for (LimitRule rule : rules.rules()) {
            for (Limit limit : rule.limits()) {
                Period period = Period.of(limit);
                if (period == null) {
                    continue;
                }
                long start = period.startMillis(now, rules.zone());
                LedgerQuery query = LedgerQuery.ALL
                        .since(period == Period.TOTAL ? null : (Long) start)
                        .until(untilEpochMillis);
                if (start < untilEpochMillis) {
                    asked = asked.thenCompose(done -> new SpentBy(ledger, limits.heard()).of(rule.subject(), query))
                            .thenAccept(spent -> {
                                spent.nanoUsd().forEach((owner, nanoUsd) -> {
                                    Floor floor = Floor.of(descriptor(rule, owner, limit), nanoUsd, now, rules.zone());
                                    floors.merge(floor.descriptor().key(), floor, Floor::max);
                                });
                                String untold = spent.unknown();
                                if (untold != null) {
                                    unknown.add("budget '" + rule.id() + "': " + untold);
                                }
                            });
                }
            }
        }
        return asked.thenApply(done -> new Found(List.copyOf(floors.values()), unknown));
    }

    private static Descriptor descriptor(LimitRule rule, Owner owner, Limit limit) {
        for (Descriptor descriptor : rule.of(owner)) {
            if (descriptor.limit().equals(limit)) {
                return descriptor;
            }
        }
        throw new IllegalStateException("budget '" + rule.id() + "' has lost a limit");
    }
}
