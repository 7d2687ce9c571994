package dev.tierway.bootstrap.runtime;

import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.Left;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs budgets that are nearly used up, keys that name too much, and attempts nobody saw the end of. */
public final class LimitLog implements RoutingListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.budgets");

    private static final int MOST_KEYS = 10_000;

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

    @Override
    public void limitNearlyUsed(Left left) {
        LOG.atWarn()
                .addKeyValue("limit", left.descriptor().owner())
                .log(LimitWords.warning(left, wallClock.epochMillis()));
    }
}
