package dev.tierway.bootstrap.runtime;

import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.Left;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs budgets that are nearly used up, once per calendar window. */
public final class LimitLog implements RoutingListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.budgets");

    private final WallClock wallClock;

    public LimitLog(WallClock wallClock) {
        this.wallClock = wallClock;
    }

    @Override
    public void limitNearlyUsed(Left left) {
        LOG.atWarn()
                .addKeyValue("limit", left.descriptor().owner())
                .log(LimitWords.warning(left, wallClock.epochMillis()));
    }
}
