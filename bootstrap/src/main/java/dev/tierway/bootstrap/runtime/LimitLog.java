package dev.tierway.bootstrap.runtime;

import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.BudgetsRaised;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.Left;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs budgets that are nearly used up, keys that name too much, and attempts nobody saw the end of. */
public final class LimitLog implements RoutingListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.budgets");

    private static final int MOST_KEYS = 10_000;
    private static final int MOST_NAMED = 20;

    private final WallClock wallClock;
    private final Set<String> crowded = ConcurrentHashMap.newKeySet();

    public LimitLog(WallClock wallClock) {
        this.wallClock = wallClock;
    }

    /** Nobody saw how it ended: a process was killed, or lost its store for long. */
    @Override
    public void attemptEnded(LedgerRow row) {
        if (row.outcome() == AttemptOutcome.UNKNOWN) {
            LOG.atWarn()
                    .addKeyValue("attempt", row.attempt().toString())
                    .addKeyValue("replica", row.replica().value())
                    .log("a reservation expired before anybody said how its attempt ended: what it reserved stays"
                            + " charged");
        }
    }

    /** Once per key: the metric counts the calls. */
    @Override
    public void namesCountedTogether(String callId, @Nullable String key) {
        String space = key == null ? "" : key;
        if (crowded.size() < MOST_KEYS && crowded.add(space)) {
            LOG.atWarn()
                    .addKeyValue("key", space)
                    .log(
                            "{} named more than 10,000 agents, workflows, users and tags within a day: limits count"
                                    + " those beyond together. If that isn't a mistake, give it several keys.",
                            key == null ? "calls without an API key" : "API key '" + key + "'");
        }
    }

    /** What the store lost is said even if nothing was missing: somebody should know why it did. */
    @Override
    public void budgetsRaised(BudgetsRaised told) {
        String budgets = told.budgets().stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        if (told.source() == BudgetsRaised.Source.REMEMBERED) {
            LOG.atWarn()
                    .addKeyValue("raised_usd", told.by())
                    .log(
                            "the quota store has lost what it had acknowledged: did it fail over, or begin from an old"
                                    + " copy? {} limits in money were raised by {} USD to what this instance"
                                    + " remembers{}. Rates begin with what the store still knows.",
                            told.raised().size(),
                            told.by(),
                            budgets.isEmpty() ? "" : " (" + budgets + ")");
        } else if (!told.raised().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("raised_usd", told.by())
                    .log(
                            "the ledger knew of more: {} limits in money were raised by {} USD ({})",
                            told.raised().size(),
                            told.by(),
                            budgets);
        }
        told.unknown().forEach(what -> LOG.atWarn().log("not all could be looked up in the ledger: {}", what));
    }

    @Override
    public void limitNearlyUsed(Left left) {
        LOG.atWarn()
                .addKeyValue("limit", left.descriptor().owner())
                .log(LimitWords.warning(left, wallClock.epochMillis()));
    }
}
