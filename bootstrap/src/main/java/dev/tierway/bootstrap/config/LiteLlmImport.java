package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.CatalogueConfig;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes models of a catalogue from LiteLLM's price list. What it says wins over what ships, but for what it doesn't know:
 * tiers, and how large a window is (it has two numbers that may or may not share one).
 */
final class LiteLlmImport {
    private static final int MOST_NAMED = 5;

    private final LiteLlmList list;
    private final KnownModels shipped;
    private final CatalogueConfig config;
    private final Node place;
    private final Problems problems;
    private final Map<String, KnownModel> found = new LinkedHashMap<>();
    private final Set<String> unreadFields = new TreeSet<>();

    private LiteLlmImport(
            LiteLlmList list, KnownModels shipped, CatalogueConfig config, Node place, Problems problems) {
        this.list = list;
        this.shipped = shipped;
        this.config = config;
        this.place = place;
        this.problems = problems;
    }

    /** @param place where the configuration names the file */
    static List<KnownModel> read(
            LiteLlmList list, KnownModels shipped, CatalogueConfig config, Node place, Problems problems) {
        LiteLlmImport reading = new LiteLlmImport(list, shipped, config, place, problems);
        for (Map.Entry<String, JsonNode> entry : list.models().properties()) {
            reading.model(entry.getKey(), entry.getValue());
        }
        reading.reportUnread();
        return List.copyOf(reading.found.values());
    }

    private void model(String key, JsonNode model) {
        String provider = model.path("litellm_provider").asText("");
        String vendor = shipped.vendorInLiteLlm(provider);
        if (vendor == null || !model.path("mode").asText("").equals("chat") || key.startsWith("ft:")) {
            return;
        }
        String name = key.startsWith(provider + "/") ? key.substring(provider.length() + 1) : key;
        KnownModel known = shipped.find(vendor, name);
        String id = known == null ? name : known.id();
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}")) {
            problems.warn(place, "a model of the list has a name that can't be an id and is left out", null);
            return;
        }
        model.fieldNames().forEachRemaining(field -> {
            if (!LiteLlmFields.isKnown(field)) {
                unreadFields.add(field);
            }
        });
        try {
            KnownModel.Offer offer = new KnownModel.Offer(
                    vendor, name, LiteLlmPrice.of(model, PlacedNodes.at(place)), null, list.name());
            KnownModel before = found.getOrDefault(id, known);
            List<KnownModel.Offer> offers = new ArrayList<>(List.of(offer));
            if (before != null) {
                before.offers().stream()
                        .filter(other -> !other.vendor().equals(vendor))
                        .forEach(offers::add);
            }
            found.put(id, new KnownModel(id, before == null ? facts(id, model) : before.facts(), offers));
        } catch (Unfit e) {
            problems.error(place, "model '" + key + "': " + e.getMessage(), e.suggestion());
        }
    }

    private Map<String, Node> facts(String id, JsonNode model) {
        PlacedNodes here = PlacedNodes.at(place);
        Map<String, Node> facts = new LinkedHashMap<>();
        ModelTier tier = config.tierOf(id);
        if (tier != null) {
            facts.put(ModelSection.TIER.name(), here.text(tier.id()));
        }
        List<String> useCases = new ArrayList<>(List.of(UseCase.CHAT.name()));
        List<String> capabilities = new ArrayList<>();
        LiteLlmFields.CAPABILITIES.forEach((field, capability) -> {
            if (model.path(field).asBoolean() && !capabilities.contains(capability.id())) {
                capabilities.add(capability.id());
            }
        });
        if (capabilities.contains(Capability.REASONING.id())) {
            useCases.add(UseCase.REASONING.name());
        }
        if (capabilities.contains(Capability.VISION.id())) {
            useCases.add(UseCase.VISION.name());
        }
        facts.put(ModelSection.USE_CASES.name(), here.texts(useCases));
        facts.put(ModelSection.CAPABILITIES.name(), here.texts(capabilities));
        if (model.has("supports_native_streaming")
                && !model.path("supports_native_streaming").asBoolean()) {
            facts.put(ModelSection.STREAMING.name(), here.no());
        }
        Long input = tokens(model, "max_input_tokens");
        Long output = tokens(model, "max_output_tokens");
        if (input != null && output != null) {
            facts.put(ModelSection.CONTEXT_WINDOW.name(), here.number(String.valueOf(input + output)));
        }
        if (output != null) {
            facts.put(ModelSection.MAX_OUTPUT_TOKENS.name(), here.number(String.valueOf(output)));
        }
        return facts;
    }

    /** Null if missing, or nothing that can be a size. */
    private static @Nullable Long tokens(JsonNode model, String field) {
        JsonNode value = model.path(field);
        long tokens = value.isNumber() ? value.asLong() : 0;
        return tokens < 1 || tokens > 500_000_000 ? null : (Long) tokens;
    }

    private void reportUnread() {
        if (!unreadFields.isEmpty()) {
            String named =
                    String.join(", ", unreadFields.stream().limit(MOST_NAMED).toList());
            int more = unreadFields.size() - MOST_NAMED;
            problems.warn(
                    place,
                    unreadFields.size() + " fields of the list are not read: " + named
                            + (more > 0 ? " and " + more + " more" : ""),
                    null);
        }
    }
}
