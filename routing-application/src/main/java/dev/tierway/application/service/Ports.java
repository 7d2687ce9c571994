package dev.tierway.application.service;

import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import java.util.List;

/** Everything outside that calls need. Listeners must not block. */
public record Ports(
        ProviderTransports transports,
        QuotaStore quota,
        CallLedger ledger,
        DecisionLog decisions,
        List<RoutingListener> listeners,
        CallExecutors executors,
        MonotonicClock clock,
        WallClock wallClock,
        Entropy entropy) {
    public Ports {
        listeners = List.copyOf(listeners);
    }
}
