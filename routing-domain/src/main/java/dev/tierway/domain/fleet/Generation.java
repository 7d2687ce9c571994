package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One configuration with the cells of its entries. Cells of unchanged entries live on in the next generation. */
final class Generation {
    final long number;
    final Catalogue catalogue;
    private final Map<ReplicaId, Cell<ReplicaState>> replicas = new HashMap<>();
    private final Map<ModelId, Cell<ModelState>> models = new HashMap<>();
    private final Map<ProviderId, Cell<ProviderState>> providers = new HashMap<>();
    private final Map<QuotaDomainId, Cell<Headroom>> headrooms = new HashMap<>();

    Generation(long number, Catalogue catalogue, @Nullable Generation before) {
        this.number = number;
        this.catalogue = catalogue;
        for (Provider provider : catalogue.providers()) {
            Cell<ProviderState> old =
                    before == null || !before.sameKind(provider) ? null : before.providers.get(provider.id());
            providers.put(provider.id(), old == null ? new Cell<>(ProviderState.FRESH) : old);
        }
        for (LogicalModel model : catalogue.models()) {
            Cell<ModelState> old = before == null ? null : before.models.get(model.id());
            models.put(model.id(), old == null ? new Cell<>(ModelState.UNMEASURED) : old);
        }
        for (Replica replica : catalogue.replicas()) {
            Cell<ReplicaState> old = before == null ? null : before.kept(replica, catalogue);
            replicas.put(replica.id(), old == null ? new Cell<>(ReplicaState.fresh(replica.circuit())) : old);
        }
        catalogue.quotaDomains().forEach(domain -> {
            Cell<Headroom> old = before == null ? null : before.headrooms.get(domain.id());
            headrooms.put(domain.id(), old == null ? new Cell<>(Headroom.UNKNOWN) : old);
        });
    }

    private boolean sameKind(Provider provider) {
        Provider old = catalogue.provider(provider.id());
        return old != null && old.kind().equals(provider.kind());
    }

    private @Nullable Cell<ReplicaState> kept(Replica replica, Catalogue next) {
        Replica old = catalogue.replica(replica.id());
        boolean same = old != null
                && servesAlike(old, replica)
                && old.upstreamModel().equals(replica.upstreamModel())
                && sameKind(next.providerOf(replica));
        Cell<ReplicaState> cell = same ? replicas.get(replica.id()) : null;
        if (cell != null) {
            cell.update(state -> state.with(state.inFlight(), state.circuit().under(replica.circuit())));
        }
        return cell;
    }

    private static boolean servesAlike(Replica one, Replica other) {
        return one.model().equals(other.model()) && one.provider().equals(other.provider());
    }

    /** Whether a replica of an older generation still is what it was: a call in flight may go on to it. */
    boolean knows(Replica replica) {
        Replica mine = catalogue.replica(replica.id());
        return mine != null && servesAlike(mine, replica);
    }

    Permit.Cells cellsOf(Replica replica) {
        return new Permit.Cells(replica(replica.id()), model(replica.model()), provider(replica.provider()));
    }

    Cell<ReplicaState> replica(ReplicaId id) {
        return found(replicas.get(id), id);
    }

    Cell<ModelState> model(ModelId id) {
        return found(models.get(id), id);
    }

    Cell<ProviderState> provider(ProviderId id) {
        return found(providers.get(id), id);
    }

    /** What is known of a quota domain's rest; nothing of one that was taken out of the configuration. */
    Headroom headroom(QuotaDomainId id) {
        Cell<Headroom> cell = headrooms.get(id);
        return cell == null ? Headroom.UNKNOWN : cell.get();
    }

    void observe(QuotaDomainId id, Headroom seen) {
        Cell<Headroom> cell = headrooms.get(id);
        if (cell != null) {
            cell.update(old -> seen);
        }
    }

    private static <T> T found(@Nullable T cell, Object id) {
        if (cell == null) {
            throw new IllegalArgumentException("'" + id + "' is not of this generation");
        }
        return cell;
    }
}
