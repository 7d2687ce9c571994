package dev.tierway.bootstrap.config;

import dev.tierway.ModelConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code models[]}. */
final class ModelSection {
    private static final int MOST_TOKENS = 1_000_000_000;
    private static final int MOST_DIMENSIONS = 1_000_000;
    private static final ScalarShape<UseCase> USE_CASE = Scalars.name("a use case", UseCase::new);
    private static final List<Capability> NAMED_CAPABILITIES = Arrays.stream(Capability.values())
            .filter(capability -> capability != Capability.STREAMING)
            .toList();

    static final Key<ModelId> ID =
            Key.required("id", Scalars.path("a model's id", ModelId::new), "The name callers use.");
    static final Key<ModelTier> TIER = Key.required(
                    "tier",
                    Scalars.choice("tier", List.of(ModelTier.values()), ModelTier::id),
                    "The class of answer it gives.")
            .orFromCatalogue();
    static final Key<List<UseCase>> USE_CASES = Key.required(
                    "use-cases",
                    new ListShape<>(USE_CASE, "a list of use cases", 1),
                    "What it is good for: chat, code, reasoning, search, embed, vision, or names of your own.")
            .orFromCatalogue();
    static final Key<List<Capability>> CAPABILITIES = Key.optional(
                    "capabilities",
                    new ListShape<>(
                            Scalars.choice("capability", NAMED_CAPABILITIES, Capability::id),
                            "a list of capabilities",
                            0),
                    "What requests may need of it.")
            .absentMeans("none");
    static final Key<Boolean> STREAMING = Key.optional(
                    "streaming", Scalars.TRUE_OR_FALSE, "Whether it can answer in a stream.")
            .or("true");
    static final Key<Integer> CONTEXT_WINDOW = Key.optional(
                    "context-window", Quantities.smallCount(1, MOST_TOKENS), "Tokens of input and output together.")
            .absentMeans("unknown");
    static final Key<Integer> MAX_OUTPUT_TOKENS = Key.optional(
                    "max-output-tokens", Quantities.smallCount(1, MOST_TOKENS), "The model's own cap on one answer.")
            .absentMeans("unknown");
    static final Key<Integer> DIMENSIONS = Key.optional(
                    "dimensions",
                    Quantities.smallCount(1, MOST_DIMENSIONS),
                    "Numbers in one of its embeddings, if the request doesn't say. A replica whose embeddings have"
                            + " another size fails.")
            .absentMeans("those of its first answer");
    static final Key<Map<UseCase, BigDecimal>> QUALITY = Key.optional(
                    "quality",
                    new MapShape<>(USE_CASE, Quantities.amount("dollars per call"), "a set of use cases with dollars"),
                    "What its answer is worth over the tier's other models, per use case, in dollars per call.")
            .absentMeans("0");
    static final Key<List<ReplicaConfig>> REPLICAS = Key.required(
                    "replicas", new ListShape<>(ReplicaSection.SECTION, "a list of replicas", 1), "Who serves it.")
            .orFromCatalogue();

    static final Section<ModelConfig> SECTION = Section.of(
            "model",
            "A logical model: what callers ask for, whoever serves it.",
            List.of(
                    ID,
                    TIER,
                    USE_CASES,
                    CAPABILITIES,
                    STREAMING,
                    CONTEXT_WINDOW,
                    MAX_OUTPUT_TOKENS,
                    DIMENSIONS,
                    QUALITY,
                    REPLICAS),
            ModelSection::model);

    private ModelSection() {}

    private static ModelConfig model(Values v) {
        List<Capability> capabilities = new ArrayList<>(v.get(CAPABILITIES, List.of()));
        if (v.value(STREAMING)) {
            capabilities.add(Capability.STREAMING);
        }
        Map<UseCase, Double> quality = new LinkedHashMap<>();
        v.get(QUALITY, Map.of()).forEach((useCase, usd) -> quality.put(useCase, usd.doubleValue()));
        LogicalModel model = new LogicalModel(
                v.value(ID),
                v.value(TIER),
                v.value(USE_CASES).stream().distinct().toList(),
                Set.copyOf(capabilities),
                v.get(CONTEXT_WINDOW),
                v.get(MAX_OUTPUT_TOKENS),
                v.get(DIMENSIONS),
                quality);
        for (UseCase useCase : quality.keySet()) {
            if (!model.serves(useCase)) {
                v.warn(QUALITY, "use case '" + useCase + "' is not among the model's use-cases", null);
            }
        }
        return new ModelConfig(model, v.value(REPLICAS));
    }

    /** The capabilities that are written as such. */
    static List<String> named(Set<Capability> capabilities) {
        return NAMED_CAPABILITIES.stream()
                .filter(capabilities::contains)
                .map(Capability::id)
                .toList();
    }

    static boolean streams(LogicalModel model) {
        return model.capabilities().contains(Capability.STREAMING);
    }
}
