package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many numbers a model's embeddings have. Those of different sizes can't be compared, so all replicas of a model must
 * agree: with the configuration, or else with the first answer since the model was configured so.
 *
 * @param configured null if the configuration doesn't say
 * @param upstreams what the replicas call the model: others may mean another model
 * @param learned of the first answer; null before it
 */
record EmbeddingSize(
        @Nullable Integer configured,
        List<String> upstreams,
        @Nullable Integer learned) {
    static EmbeddingSize of(LogicalModel model, List<Replica> replicas) {
        TreeSet<String> upstreams = new TreeSet<>();
        replicas.forEach(replica -> upstreams.add(replica.upstreamModel()));
        return new EmbeddingSize(model.dimensions(), List.copyOf(upstreams), null);
    }

    boolean stillOf(EmbeddingSize next) {
        return Objects.equals(configured, next.configured) && upstreams.equals(next.upstreams);
    }

    EmbeddingSize seen(int dimensions) {
        return configured == null && learned == null ? new EmbeddingSize(null, upstreams, dimensions) : this;
    }

    /** What it must be, once an answer has been seen. */
    int agreed(int seen) {
        return configured != null ? configured : learned != null ? learned : seen;
    }
}
