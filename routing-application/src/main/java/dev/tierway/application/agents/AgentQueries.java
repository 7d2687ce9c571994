package dev.tierway.application.agents;

import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.AgentLimitStatus;
import dev.tierway.application.port.in.AgentMetrics;
import dev.tierway.application.port.in.AgentScopeStatus;
import dev.tierway.application.port.in.AgentsStatus;
import dev.tierway.application.port.in.LoopStatus;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers what agents used and what is left to them: from the store that counts, and from the account book. */
final class AgentQueries implements QueryAgents {
    private final AgentLimits limits;
    private final LimitsInForce budgets;
    private final FirstCalls first;
    private final LoopWatch watch;
    private final QuotaStore store;
    private final CallLedger ledger;
    private final WallClock clock;

    AgentQueries(
            AgentLimits limits,
            LimitsInForce budgets,
            FirstCalls first,
            LoopWatch watch,
            QuotaStore store,
            CallLedger ledger,
            WallClock clock) {
        this.limits = limits;
        this.budgets = budgets;
        this.first = first;
        this.watch = watch;
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public CompletionStage<AgentsStatus> agents() {
        List<LimitedScope> scopes = limits.lately(MOST);
        return left(scopes).handle((left, error) -> {
            List<AgentScopeStatus> all = new ArrayList<>(scopes.size());
            for (LimitedScope scope : scopes) {
                all.add(status(scope, left == null ? Map.of() : left));
            }
            return new AgentsStatus(all, loops(), warnAt(), error == null ? null : words(error));
        });
    }

    private double warnAt() {
        return budgets.inForce().warnAt();
    }

    private CompletionStage<Map<String, Left>> left(List<LimitedScope> scopes) {
        List<Descriptor> asked = new ArrayList<>();
        scopes.forEach(scope -> asked.addAll(scope.descriptors()));
        if (asked.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        try {
            return store.left(asked).thenApply(all -> {
                Map<String, Left> known = new HashMap<>();
                all.forEach(one -> known.put(one.descriptor().key(), one));
                return known;
            });
        } catch (RuntimeException broken) {
            return CompletableFuture.failedStage(broken);
        }
    }

    private static String words(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private AgentScopeStatus status(LimitedScope scope, Map<String, Left> left) {
        return new AgentScopeStatus(
                scope.level().id(),
                scope.owner().key(),
                scope.workflow(),
                scope.agent(),
                scope.owner().isOthers(),
                since(scope.reset()),
                statuses(scope, left));
    }

    private static @Nullable String since(Ordered.Reset reset) {
        Long millis = reset.sinceEpochMillis();
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }

    private List<AgentLimitStatus> statuses(LimitedScope scope, Map<String, Left> left) {
        List<AgentLimitStatus> statuses = new ArrayList<>();
        for (Descriptor descriptor : scope.descriptors()) {
            statuses.add(counted(descriptor.limit(), left.get(descriptor.key())));
        }
        Duration allowed = scope.limits().elapsed();
        if (allowed != null) {
            statuses.add(elapsed(allowed, first.known(scope)));
        }
        return statuses;
    }

    private AgentLimitStatus counted(Limit limit, @Nullable Left left) {
        String name = ExecutionLimits.name(limit);
        String allowed = LimitWords.plain(limit.burst(), limit);
        if (left == null) {
            return new AgentLimitStatus(name, allowed, null, null, null, "unknown");
        }
        long used = limit.burst() - left.available();
        double share = used / (double) limit.burst();
        return new AgentLimitStatus(
                name,
                allowed,
                LimitWords.plain(used, limit),
                LimitWords.plain(left.available(), limit),
                share,
                left.exceeded() ? "exceeded" : state(share));
    }

    private String state(double share) {
        return share >= 1 ? "used_up" : share >= warnAt() ? "warning" : "ok";
    }

    /** @param began null: no call of this instance has asked yet */
    private AgentLimitStatus elapsed(Duration allowed, @Nullable Long began) {
        if (began == null) {
            return new AgentLimitStatus("elapsed", AgentCalls.seconds(allowed), null, null, null, "unknown");
        }
        Duration used = Duration.ofMillis(Math.clamp(clock.epochMillis() - began, 0, allowed.toMillis()));
        double share = used.toMillis() / (double) allowed.toMillis();
        return new AgentLimitStatus(
                "elapsed",
                AgentCalls.seconds(allowed),
                AgentCalls.seconds(used),
                AgentCalls.seconds(allowed.minus(used)),
                share,
                state(share));
    }

    private List<LoopStatus> loops() {
        List<LoopStatus> all = new ArrayList<>();
        watch.looping(MOST)
                .forEach((track, loops) -> loops.forEach(loop -> all.add(new LoopStatus(
                        track.key(),
                        track.workflow(),
                        track.agent(),
                        loop.kind().id(),
                        loop.times(),
                        loop.agents(),
                        loop.message()))));
        return all;
    }

    @Override
    public CompletionStage<AgentMetrics> metrics(@Nullable String agent) {
        LimitedScope scope = agent == null ? limits.gateway() : limits.execution(agent, null);
        LedgerQuery rows = LedgerQuery.ALL.since(scope.reset().sinceEpochMillis());
        CompletionStage<LedgerTotals> totals =
                ledger.totals(agent == null ? rows : rows.where(LedgerField.AGENT, agent), LedgerGroup.PROVIDER);
        CompletionStage<Map<String, Left>> left = left(List.of(scope)).exceptionally(storeDown -> Map.of());
        return totals.thenCombine(left, (found, known) -> metrics(agent, scope, found.all(), statuses(scope, known)));
    }

    private static AgentMetrics metrics(
            @Nullable String agent, LimitedScope scope, LedgerTotals.Totals totals, List<AgentLimitStatus> remaining) {
        Long began = totals.firstEpochMillis();
        Long ended = totals.lastEpochMillis();
        return new AgentMetrics(
                agent,
                since(scope.reset()),
                totals.calls(),
                totals.allAttempts(),
                totals.attempts().getOrDefault(AttemptOutcome.FAILED, 0L),
                totals.cost().toDecimalString(),
                totals.unpriced(),
                totals.tokens().input() + totals.tokens().output(),
                totals.tokens().input(),
                totals.tokens().output(),
                totals.uncounted(),
                began == null || ended == null ? null : (Long) Math.max(0, ended - began),
                remaining);
    }
}
