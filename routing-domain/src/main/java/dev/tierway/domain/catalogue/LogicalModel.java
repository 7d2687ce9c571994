package dev.tierway.domain.catalogue;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The <em>what</em> of routing: a model as callers name it, whoever serves it.
 *
 * @param contextWindow tokens of input and output together; null is unknown
 * @param maxOutputTokens the model's own cap on one reply; null is unknown
 * @param dimensions how many numbers its embeddings have unless the caller asks for another size; null is unknown
 * @param qualityUsd what an answer of this model is worth over its tier's others, in dollars per use case
 */
public record LogicalModel(
        ModelId id,
        ModelTier tier,
        List<UseCase> useCases,
        Set<Capability> capabilities,
        @Nullable Integer contextWindow,
        @Nullable Integer maxOutputTokens,
        @Nullable Integer dimensions,
        Map<UseCase, Double> qualityUsd) {
    /** One whose embeddings, if it makes any, have a size that isn't known. */
    public LogicalModel(
            ModelId id,
            ModelTier tier,
            List<UseCase> useCases,
            Set<Capability> capabilities,
            @Nullable Integer contextWindow,
            @Nullable Integer maxOutputTokens,
            Map<UseCase, Double> qualityUsd) {
        this(id, tier, useCases, capabilities, contextWindow, maxOutputTokens, null, qualityUsd);
    }

    public LogicalModel {
        useCases = List.copyOf(useCases);
        EnumSet<Capability> ordered = EnumSet.noneOf(Capability.class);
        ordered.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(ordered);
        qualityUsd = Collections.unmodifiableMap(new LinkedHashMap<>(qualityUsd));
        if (useCases.isEmpty()) {
            throw new IllegalArgumentException("model '" + id + "' serves no use case");
        }
    }

    public boolean serves(UseCase useCase) {
        return useCases.contains(useCase);
    }
}
