package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Replica;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The right to one attempt at a replica. Taken from and given back to the registry, exactly once each. */
public final class Permit {
    private final PermitRequest request;
    private final Cells cells;
    private final Passage passage;
    private final Passage providerPassage;
    private final AtomicBoolean ended = new AtomicBoolean();

    Permit(PermitRequest request, Cells cells, Passage passage, Passage providerPassage) {
        this.request = request;
        this.cells = cells;
        this.passage = passage;
        this.providerPassage = providerPassage;
    }

    public Replica replica() {
        return request.replica();
    }

    PermitRequest request() {
        return request;
    }

    /** The entries it came from: they outlive a reload, so that what was taken is given back where it was. */
    record Cells(
            Cell<ReplicaState> replica,
            Cell<ModelState> model,
            Cell<ProviderState> provider,
            @Nullable PrefixTable prefixes) {}

    Cell<ReplicaState> replicaCell() {
        return cells.replica();
    }

    Cell<ModelState> modelCell() {
        return cells.model();
    }

    Cell<ProviderState> providerCell() {
        return cells.provider();
    }

    /** Null if nothing is to be gained from knowing. */
    @Nullable
    PrefixTable prefixes() {
        return cells.prefixes();
    }

    /** Through the replica's own circuit. */
    Passage passage() {
        return passage;
    }

    /** Through its credential's. */
    Passage providerPassage() {
        return providerPassage;
    }

    /** Whether this attempt tells if an open circuit may close. */
    public boolean probe() {
        return passage.probe() || providerPassage.probe();
    }

    /** @throws IllegalStateException the second time */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("the permit of " + replica().id() + " ended twice");
        }
    }
}
