package dev.tierway.bootstrap.discovery;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that a server serves.
 *
 * @param name the server's name of it
 * @param tier judged by its number of parameters; null if nobody knows that: such a model is asked for by name only
 * @param contextWindow tokens; null if the server doesn't tell
 * @param capabilities that the server tells of; empty if it doesn't
 * @param embeds whether it makes embeddings rather than answers
 */
public record FoundModel(
        String name,
        @Nullable ModelTier tier,
        @Nullable Integer contextWindow,
        Set<Capability> capabilities,
        boolean embeds) {
    public FoundModel {
        EnumSet<Capability> ordered = EnumSet.noneOf(Capability.class);
        ordered.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(ordered);
    }
}
