package dev.tierway.bootstrap.wiring;

import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.RoutingListener;
import org.jspecify.annotations.Nullable;

/** Tells kept steps where attempts failed. Apart from them, for they make calls, and calls need their listeners first. */
final class StepFailures implements RoutingListener {
    private volatile @Nullable RoutingListener steps;

    void tell(RoutingListener listener) {
        steps = listener;
    }

    @Override
    public void attemptEnded(LedgerRow row) {
        RoutingListener listener = steps;
        if (listener != null) {
            listener.attemptEnded(row);
        }
    }
}
