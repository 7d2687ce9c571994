package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import java.util.List;

/**
 * What a caller's key may use. Each list narrows what the others leave; an empty one doesn't.
 *
 * @param models ids
 * @param replicas ids
 * @param tags of which a replica must have at least one
 */
public record Allowed(List<ModelTier> tiers, List<String> models, List<String> replicas, List<String> tags) {
    public static final Allowed ALL = new Allowed(List.of(), List.of(), List.of(), List.of());

    public Allowed {
        tiers = List.copyOf(tiers);
        models = List.copyOf(models);
        replicas = List.copyOf(replicas);
        tags = List.copyOf(tags);
    }

    public boolean admits(Replica replica, LogicalModel model) {
        return (tiers.isEmpty() || tiers.contains(model.tier()))
                && (models.isEmpty() || models.contains(model.id().value()))
                && (replicas.isEmpty() || replicas.contains(replica.id().value()))
                && (tags.isEmpty() || tags.stream().anyMatch(replica.tags()::contains));
    }
}
