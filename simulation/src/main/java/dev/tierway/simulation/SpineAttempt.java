package dev.tierway.simulation;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.simulation.world.Exchange;
import org.jspecify.annotations.Nullable;

/** One attempt production sent: tells its call what comes of it. */
final class SpineAttempt implements Exchange.Client {
    private final SpineCall call;
    private final AttemptId id;
    private @Nullable Exchange exchange;

    SpineAttempt(SpineCall call, AttemptId id) {
        this.call = call;
        this.id = id;
    }

    void begun(Exchange sent) {
        exchange = sent;
    }

    /** Cancels it if it is that one. */
    boolean cancelled(AttemptId which, long nowNanos) {
        if (exchange == null || !id.equals(which)) {
            return false;
        }
        exchange.cancel(nowNanos);
        return true;
    }

    @Override
    public void firstToken(Exchange begun) {
        call.firstToken(id);
    }

    @Override
    public void ended(Exchange over) {
        call.ended(id, over);
    }
}
