package dev.tierway.bootstrap.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What servers tell of their models. */
final class ModelFacts {
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    private ModelFacts() {}

    /**
     * @param tag its entry in the list
     * @param shown what {@code /api/show} says; missing if it wasn't asked or didn't answer
     */
    static FoundModel ollama(String name, JsonNode tag, JsonNode shown) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        boolean embeds = false;
        for (JsonNode capability : shown.path("capabilities")) {
            switch (capability.asText("")) {
                case "tools" -> capabilities.add(Capability.TOOLS);
                case "vision" -> capabilities.add(Capability.VISION);
                case "thinking" -> capabilities.add(Capability.REASONING);
                case "audio" -> capabilities.add(Capability.AUDIO);
                case "embedding" -> embeds = true;
                default -> {}
            }
        }
        if (!embeds) {
            capabilities.add(Capability.JSON); // its grammars hold any model to it
        }
        String said = tag.path("details").path("parameter_size").asText("");
        JsonNode counted = shown.path("model_info").path("general.parameter_count");
        OptionalDouble size = counted.isNumber() ? OptionalDouble.of(counted.asDouble() / BILLION) : known(said, name);
        return model(name, size, window(shown.path("model_info")), capabilities, embeds);
    }

    /**
     * @param listed its entry in {@code /v1/models}
     * @param studio its entry in LM Studio's own list; missing elsewhere
     * @param props what llama.cpp says of the only model it serves; missing elsewhere
     */
    static FoundModel compatible(String name, JsonNode listed, JsonNode studio, JsonNode props) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        String type = studio.path("type").asText("");
        boolean embeds = type.equals("embeddings") || looksLikeEmbeddings(name);
        if (type.equals("vlm") || props.path("modalities").path("vision").asBoolean()) {
            capabilities.add(Capability.VISION);
        }
        if (props.path("modalities").path("audio").asBoolean()) {
            capabilities.add(Capability.AUDIO);
        }
        for (JsonNode capability : studio.path("capabilities")) {
            if (capability.asText("").equals("tool_use")) {
                capabilities.add(Capability.TOOLS);
            }
        }
        Integer window = first(
                listed.path("max_model_len"), // vLLM, SGLang
                studio.path("loaded_context_length"),
                studio.path("max_context_length"),
                props.path("default_generation_settings").path("n_ctx"),
                listed.path("meta").path("n_ctx_train"));
        JsonNode counted = listed.path("meta").path("n_params");
        OptionalDouble size =
                counted.isNumber() ? OptionalDouble.of(counted.asDouble() / BILLION) : ParameterCount.billions(name);
        return model(name, size, window, capabilities, embeds);
    }

    private static FoundModel model(
            String name,
            OptionalDouble billions,
            @Nullable Integer window,
            Set<Capability> capabilities,
            boolean embeds) {
        if (embeds) {
            capabilities.add(Capability.EMBEDDINGS);
        }
        boolean known = billions.isPresent() && billions.getAsDouble() >= MILLION / BILLION;
        ModelTier tier = known ? ParameterCount.tier(billions.getAsDouble()) : null;
        return new FoundModel(name, tier, window, capabilities, embeds);
    }

    private static OptionalDouble known(String said, String name) {
        OptionalDouble size = ParameterCount.billions(said);
        return size.isPresent() ? size : ParameterCount.billions(name);
    }

    /** The architecture's own limit: {@code llama.context_length}. */
    private static @Nullable Integer window(JsonNode info) {
        for (Map.Entry<String, JsonNode> one : info.properties()) {
            if (one.getKey().endsWith(".context_length") && one.getValue().canConvertToInt()) {
                return first(one.getValue());
            }
        }
        return null;
    }

    private static @Nullable Integer first(JsonNode... numbers) {
        for (JsonNode number : numbers) {
            if (number.isIntegralNumber() && number.canConvertToInt() && number.asInt() > 0) {
                return number.asInt();
            }
        }
        return null;
    }

    private static boolean looksLikeEmbeddings(String name) {
        return name.toLowerCase(Locale.ROOT).contains("embed");
    }
}
