package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Replica;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The right to one attempt at a replica. Taken from and given back to the registry, exactly once each. */
public final class Permit {
    private final PermitRequest request;
    private final Cells cells;
    private final long takenAtNanos;
    private final Passage passage;
    private final Passage providerPassage;
    private final AtomicBoolean ended = new AtomicBoolean();

    Permit(PermitRequest request, Cells cells, long takenAtNanos, Passage passage, Passage providerPassage) {
        this.request = request;
        this.cells = cells;
        this.takenAtNanos = takenAtNanos;
        this.passage = passage;
        this.providerPassage = providerPassage;
    }

    public Replica replica() {
        return request.replica();
    }

    PermitRequest request() {
        return request;
    }

    /** When it was counted. */
    long takenAtNanos() {
        return takenAtNanos;
    }

    /** The entries it came from: they outlive a reload, so that what was taken is given back where it was. */
    record Cells(
            Cell<ReplicaState> replica,
            Cell<ProbeState> probe,
            Cell<ModelState> model,
            Cell<ProviderState> provider,
            @Nullable PrefixTable prefixes) {}

    Cell<ReplicaState> replicaCell() {
        return cells.replica();
    }

    Cell<ProbeState> probeCell() {
        return cells.probe();
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
