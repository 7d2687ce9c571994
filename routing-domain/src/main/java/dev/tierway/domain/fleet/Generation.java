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
            boolean same = before != null && provider.equals(before.catalogue.provider(provider.id()));
            providers.put(
                    provider.id(),
                    same && before != null ? before.provider(provider.id()) : new Cell<>(ProviderState.FRESH));
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

    private @Nullable Cell<ReplicaState> kept(Replica replica, Catalogue next) {
        Replica old = catalogue.replica(replica.id());
        boolean same = old != null
                && old.upstreamModel().equals(replica.upstreamModel())
                && old.circuit().equals(replica.circuit())
                && java.util.Objects.equals(catalogue.provider(old.provider()), next.provider(replica.provider()));
        return same ? replicas.get(replica.id()) : null;
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

    Cell<Headroom> headroom(QuotaDomainId id) {
        return found(headrooms.get(id), id);
    }

    private static <T> T found(@Nullable T cell, Object id) {
        if (cell == null) {
            throw new IllegalArgumentException("'" + id + "' is not of this generation");
        }
        return cell;
    }
}
