package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The transports of one configuration: open until it is out of force and the last of its calls has ended. */
final class TransportSet implements ProviderTransports.Held {
    private final Map<ProviderId, SharedTransport> transports;
    /** Being in force counts as one. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicBoolean left = new AtomicBoolean();

    TransportSet(Map<ProviderId, SharedTransport> transports) {
        this.transports = new LinkedHashMap<>(transports);
        transports.values().forEach(SharedTransport::use);
    }

    @Nullable
    SharedTransport shared(ProviderId provider) {
        return transports.get(provider);
    }

    @Override
    public ProviderTransport of(ProviderId provider) {
        SharedTransport shared = transports.get(provider);
        if (shared == null) {
            throw new IllegalStateException("provider '" + provider + "' has no transport");
        }
        return shared.transport();
    }

    /** False once nobody holds it any more. */
    boolean enter() {
        while (true) {
            int now = holders.get();
            if (now == 0) {
                return false;
            }
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    @Override
    public void letGo() {
        if (holders.decrementAndGet() == 0) {
            leaveAll();
        }
    }

    /** Lets go for all who hold it. */
    void leaveAll() {
        if (left.compareAndSet(false, true)) {
            transports.values().forEach(SharedTransport::leave);
        }
    }

    boolean isLeft() {
        return left.get();
    }
}
