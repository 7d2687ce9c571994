package dev.tierway.application.rules;

import dev.tierway.application.port.in.CallOptions.Optimize;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.Constraints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule demands of the replicas on top of what the caller does, and how it lets them be ranked. It never allows what
 * the caller or its key doesn't.
 *
 * @param tags a replica must have all of them
 * @param capabilities a model must have all of them
 * @param region where a replica must run; null: anywhere
 * @param only if not empty, ids of replicas, models or providers that alone may serve
 * @param exclude ids of replicas, models or providers that must not serve
 * @param maxCostUsd most an attempt may be expected to cost; null: no cap
 * @param strategy null leaves the route's or the general one in force
 * @param optimize null leaves the general one in force
 */
public record Narrowing(
        List<String> tags,
        List<Capability> capabilities,
        @Nullable String region,
        Constraints.Local local,
        List<String> only,
        List<String> exclude,
        @Nullable Double maxCostUsd,
        @Nullable Strategy strategy,
        @Nullable Optimize optimize) {
    public static final Narrowing NONE = new Narrowing(
            List.of(), List.of(), null, Constraints.Local.ALLOWED, List.of(), List.of(), null, null, null);

    public Narrowing {
        tags = List.copyOf(tags);
        capabilities = List.copyOf(capabilities);
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }
}
