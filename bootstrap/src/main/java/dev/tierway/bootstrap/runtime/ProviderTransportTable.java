package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The transports of the configuration in force, and of earlier ones that calls still hold. */
public final class ProviderTransportTable implements ProviderTransports, AutoCloseable {
    private final List<TransportSet> retired = new CopyOnWriteArrayList<>();
    private final List<ProviderTransport> lent;
    private volatile TransportSet inForce;

    /**
     * @param lent closed at the end, whether a configuration uses them then or not
     * @throws IllegalArgumentException if one can't be made
     */
    public ProviderTransportTable(
            Map<ProviderId, Recipe<ProviderTransport>> recipes, Collection<ProviderTransport> lent) {
        this.lent = List.copyOf(lent);
        inForce = new TransportSet(Map.of());
        inForce = prepared(recipes);
    }

    @Override
    public ProviderTransport of(ProviderId provider) {
        return inForce.of(provider);
    }

    @Override
    public Held hold() {
        while (true) {
            TransportSet now = inForce;
            if (now.enter()) {
                return now;
            }
        }
    }

    /** What another configuration needs: what can be used again, and the rest made anew. */
    public final class Prepared {
        private final TransportSet next;

        private Prepared(TransportSet next) {
            this.next = next;
        }

        public void commit() {
            TransportSet before = inForce;
            retired.add(before);
            inForce = next;
            before.letGo();
            retired.removeIf(TransportSet::isLeft);
        }

        public void discard() {
            next.letGo();
        }
    }

    /**
     * Prepares, and puts nothing in force.
     *
     * @throws IllegalArgumentException if one can't be made; what was made is closed
     */
    public Prepared prepare(Map<ProviderId, Recipe<ProviderTransport>> recipes) {
        return new Prepared(prepared(recipes));
    }

    private TransportSet prepared(Map<ProviderId, Recipe<ProviderTransport>> recipes) {
        Map<ProviderId, SharedTransport> transports = new LinkedHashMap<>();
        TransportSet now = inForce;
        try {
            recipes.forEach((provider, recipe) -> {
                SharedTransport known = now.shared(provider);
                transports.put(provider, known != null && known.isOf(recipe) ? known : new SharedTransport(recipe));
            });
        } catch (RuntimeException failed) {
            new TransportSet(transports).letGo();
            throw failed;
        }
        return new TransportSet(transports);
    }

    /** Configurations out of force that calls still hold. */
    public int retired() {
        retired.removeIf(TransportSet::isLeft);
        return retired.size();
    }

    /** Ends what calls of configurations out of force still hold: for those that should have ended long ago. */
    public Runnable endOfRetired() {
        List<TransportSet> old = List.copyOf(retired);
        return () -> {
            old.forEach(TransportSet::leaveAll);
            retired.removeIf(TransportSet::isLeft);
        };
    }

    @Override
    public void close() {
        inForce.leaveAll();
        retired.forEach(TransportSet::leaveAll);
        lent.forEach(ProviderTransport::close);
    }
}
