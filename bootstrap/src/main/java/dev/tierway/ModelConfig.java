package dev.tierway;

import dev.tierway.domain.catalogue.LogicalModel;
import java.util.List;

/**
 * A logical model and who serves it.
 *
 * @param replicas in declared order
 */
public record ModelConfig(LogicalModel model, List<ReplicaConfig> replicas) {
    public ModelConfig {
        replicas = List.copyOf(replicas);
    }
}
