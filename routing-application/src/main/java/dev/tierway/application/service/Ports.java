package dev.tierway.application.service;

import dev.tierway.application.port.in.Via;
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
import org.jspecify.annotations.Nullable;

/**
 * Everything outside that calls need. Listeners must not block.
 *
 * @param via how requests to providers are signed; null: they aren't
 */
public record Ports(
        ProviderTransports transports,
        QuotaStore quota,
        CallLedger ledger,
        DecisionLog decisions,
        List<RoutingListener> listeners,
        CallExecutors executors,
        MonotonicClock clock,
        WallClock wallClock,
        Entropy entropy,
        @Nullable Via via) {
    /** For calls that aren't signed. */
    public Ports(
            ProviderTransports transports,
            QuotaStore quota,
            CallLedger ledger,
            DecisionLog decisions,
            List<RoutingListener> listeners,
            CallExecutors executors,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy) {
        this(transports, quota, ledger, decisions, listeners, executors, clock, wallClock, entropy, null);
    }

    public Ports {
        listeners = List.copyOf(listeners);
    }

    /** The same with other transports. */
    Ports over(ProviderTransports others) {
        return new Ports(others, quota, ledger, decisions, listeners, executors, clock, wallClock, entropy, via);
    }
}
