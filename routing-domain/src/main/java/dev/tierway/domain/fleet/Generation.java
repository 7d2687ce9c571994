package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Passthrough;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.operator.OperatorOverlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One configuration with the cells of its entries. Cells of unchanged entries live on in the next generation. */
final class Generation {
    final long number;
    final Catalogue catalogue;
    final OperatorOverlay overlay;
    private final Map<ReplicaId, Slot> slots = new HashMap<>();
    /** The same by the very replica: decisions hold those that are configured. */
    private final IdentityHashMap<Replica, Slot> slotsOfOwn = new IdentityHashMap<>();

    private final Map<ModelId, Cell<ModelState>> models;
    private final Map<ModelId, Cell<EmbeddingSize>> sizes;
    private final Map<ProviderId, Cell<ProviderState>> providers;
    private final Map<String, Cell<Headroom>> headrooms;
    /** This configuration under the latest orders that anybody who still holds it has asked for. */
    private final AtomicReference<@Nullable Generation> latest;

    Generation(long number, Catalogue catalogue, @Nullable Generation before) {
        this.number = number;
        this.catalogue = catalogue;
        this.overlay = before == null ? OperatorOverlay.EMPTY : before.overlay;
        models = new HashMap<>();
        sizes = new HashMap<>();
        providers = new HashMap<>();
        headrooms = new HashMap<>();
        latest = new AtomicReference<>();
        for (Provider provider : catalogue.providers()) {
            Cell<ProviderState> old =
                    before == null || !before.sameAccount(provider) ? null : before.providers.get(provider.id());
            providers.put(provider.id(), old == null ? new Cell<>(ProviderState.FRESH) : old);
        }
        catalogue.models().forEach(model -> file(model, before));
        catalogue.passthroughs().forEach(passthrough -> file(passthrough.model(), before));
        catalogue.quotaDomains().forEach(domain -> {
            headroom(QuotaDomain.owner(domain.id()), before);
        });
        for (Replica replica : catalogue.replicas()) {
            file(replica, before);
        }
        catalogue.passthroughs().forEach(passthrough -> file(passthrough.replica(), before));
    }

    /** The same entries under other orders of operators. */
    Generation(Generation same, OperatorOverlay overlay) {
        this.number = same.number;
        this.catalogue = same.catalogue;
        this.overlay = overlay;
        this.models = same.models;
        this.sizes = same.sizes;
        this.providers = same.providers;
        this.headrooms = same.headrooms;
        this.latest = same.latest;
        same.slots.values().forEach(slot -> file(slot.under(overlay.about(slot.replica()))));
    }

    /** This configuration under those orders, or later ones: for calls that began before another took its place. */
    Generation under(OperatorOverlay orders) {
        while (true) {
            Generation known = latest.get();
            Generation newest = known == null || known.overlay.number() < overlay.number() ? this : known;
            if (newest.overlay.number() >= orders.number()) {
                return newest;
            }
            Generation next = new Generation(newest, orders);
            if (latest.compareAndSet(known, next)) {
                return next;
            }
        }
    }

    private Cell<Headroom> headroom(String owner, @Nullable Generation before) {
        Cell<Headroom> old = before == null ? null : before.headrooms.get(owner);
        return headrooms.computeIfAbsent(owner, name -> old == null ? new Cell<>(Headroom.UNKNOWN) : old);
    }

    /** Its quota domains; vendors limit each upstream model unless a domain says that it learns, or that nobody does. */
    private List<Slot.Domain> domains(Replica replica, @Nullable Generation before) {
        List<Slot.Domain> domains = new ArrayList<>();
        boolean deaf = replica.quotaDomains().stream()
                .map(catalogue::quotaDomain)
                .anyMatch(domain -> domain != null && domain.heard() == QuotaDomain.Heard.BY_NOBODY);
        boolean learnt = deaf;
        for (QuotaDomainId id : replica.quotaDomains()) {
            QuotaDomain domain = catalogue.quotaDomain(id);
            boolean learns = !learnt && domain != null && domain.heard() == QuotaDomain.Heard.BY_DOMAIN;
            learnt |= learns;
            String owner = QuotaDomain.owner(id);
            domains.add(new Slot.Domain(owner, learns, found(headrooms.get(owner), id)));
        }
        if (!learnt) {
            String owner = "vendor:" + replica.provider() + "/" + replica.upstreamModel();
            domains.add(new Slot.Domain(owner, true, headroom(owner, before)));
        }
        return List.copyOf(domains);
    }

    private Slot slot(Replica replica, @Nullable Slot old, @Nullable Generation before) {
        Price price = replica.price();
        PrefixTable prefixes = old == null ? null : old.prefixes();
        if (prefixes == null && price != null && price.cachedInput() != null) {
            prefixes = new PrefixTable();
        }
        return new Slot(
                replica,
                catalogue.providerOf(replica).dialect(replica.upstreamModel()),
                catalogue.modelOf(replica),
                new Permit.Cells(
                        old == null
                                ? new Cell<>(ReplicaState.fresh(replica.circuit()))
                                : old.cells().replica(),
                        old == null
                                ? new Cell<>(ProbeState.UNPROBED)
                                : old.cells().probe(),
                        found(models.get(replica.model()), replica.model()),
                        found(providers.get(replica.provider()), replica.provider()),
                        prefixes),
                domains(replica, before),
                prefixes,
                overlay.about(replica),
                new LastView());
    }

    private void file(LogicalModel model, @Nullable Generation before) {
        Cell<ModelState> old = before == null ? null : before.models.get(model.id());
        models.put(model.id(), old == null ? new Cell<>(ModelState.UNMEASURED) : old);
        EmbeddingSize size = EmbeddingSize.of(model, catalogue.replicasOf(model.id()));
        Cell<EmbeddingSize> known = before == null ? null : before.sizes.get(model.id());
        sizes.put(model.id(), known != null && known.get().stillOf(size) ? known : new Cell<>(size));
    }

    /** How large a model's embeddings are; null for a model that isn't listed. */
    @Nullable
    Cell<EmbeddingSize> sizeOf(ModelId model) {
        return sizes.get(model);
    }

    private void file(Replica replica, @Nullable Generation before) {
        file(slot(replica, before == null ? null : before.kept(replica, catalogue), before));
    }

    private void file(Slot slot) {
        slots.put(slot.replica().id(), slot);
        slotsOfOwn.put(slot.replica(), slot);
    }

    private boolean samePlace(Provider provider) {
        Provider old = catalogue.provider(provider.id());
        return old != null
                && old.kind().equals(provider.kind())
                && old.reach().place().equals(provider.reach().place());
    }

    /** What is held against an account, such as a refused credential, is not held against another one. */
    private boolean sameAccount(Provider provider) {
        Provider old = catalogue.provider(provider.id());
        return old != null && samePlace(provider) && old.reach().equals(provider.reach());
    }

    private @Nullable Slot kept(Replica replica, Catalogue next) {
        Slot old = slots.get(replica.id());
        boolean same = old != null
                && servesAlike(old.replica(), replica)
                && old.replica().upstreamModel().equals(replica.upstreamModel())
                && samePlace(next.providerOf(replica));
        if (old == null || !same) {
            return null;
        }
        old.cells()
                .replica()
                .update(state -> state.with(state.inFlight(), state.circuit().under(replica.circuit())));
        return old;
    }

    private static boolean servesAlike(Replica one, Replica other) {
        return one.model().equals(other.model()) && one.provider().equals(other.provider());
    }

    /** What it has on a replica; null if it is not what a replica of an older generation was. */
    @Nullable
    Slot slotOf(Replica replica) {
        Slot own = slotsOfOwn.get(replica);
        if (own != null) {
            return own;
        }
        Slot slot = slots.get(replica.id());
        if (slot == null) {
            return unlisted(replica.id());
        }
        return servesAlike(slot.replica(), replica) ? slot : null;
    }

    /** An unlisted model's, on what all of its provider's share; null if the provider serves none. */
    private @Nullable Slot unlisted(ReplicaId id) {
        Replica replica = catalogue.unlisted(id.value());
        Slot shared = replica == null ? null : slots.get(Passthrough.replicaOf(replica.provider()));
        return replica == null || shared == null
                ? null
                : shared.serving(
                        replica,
                        catalogue.providerOf(replica).dialect(replica.upstreamModel()),
                        catalogue.modelOf(replica));
    }

    /** @throws IllegalArgumentException if there is no such replica */
    Cell<ProbeState> probe(ReplicaId id) {
        return found(slots.get(id), id).cells().probe();
    }

    /** @throws IllegalArgumentException if there is no such replica */
    Cell<ReplicaState> replica(ReplicaId id) {
        Slot own = slots.get(id);
        return found(own != null ? own : unlisted(id), id).cells().replica();
    }

    /** @throws IllegalArgumentException if there is no such provider */
    Cell<ProviderState> provider(ProviderId id) {
        return found(providers.get(id), id);
    }

    /** What is known of it; null if nothing has that owner any more. */
    @Nullable
    Cell<Headroom> headroomOf(String owner) {
        return headrooms.get(owner);
    }

    private static <T> T found(@Nullable T cell, Object id) {
        if (cell == null) {
            throw new IllegalArgumentException("'" + id + "' is not of this generation");
        }
        return cell;
    }
}
