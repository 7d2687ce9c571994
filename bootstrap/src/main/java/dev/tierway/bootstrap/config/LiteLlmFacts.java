package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.Capability;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deployment's model: the catalogue that ships first, then what LiteLLM's file says.
 *
 * @param facts as a {@code models} entry says them
 * @param said those of them that stand in LiteLLM's file
 * @param price as a replica says it; empty: unknown
 * @param guessed whether tier and capabilities are
 */
record LiteLlmFacts(Map<String, Object> facts, Map<String, Object> said, Map<String, Object> price, boolean guessed) {
    /** LiteLLM lets everything through: where nobody knows what a model can, nothing is refused either. */
    private static final List<String> ANYTHING = List.of("tools", "json", "vision", "image-url", "reasoning");

    private static final BigDecimal ABSURD = new BigDecimal("0.001");

    static LiteLlmFacts of(
            Map<String, Object> provider, String upstream, LiteLlmSection info, LiteLlmSection params, boolean embeds) {
        KnownModels shipped = ShippedCatalogue.get();
        Object url = provider.get("base-url");
        String vendor = shipped.vendorOf(String.valueOf(provider.get("kind")), url == null ? null : url.toString());
        String base = info.text("base_model");
        String name = base == null ? upstream : base.substring(base.lastIndexOf('/') + 1);
        if (base != null) {
            info.carried(
                    "base_model",
                    "→ whose tier, capabilities and window are taken from Tierway's catalogue, if it knows it");
        }
        KnownModel model = vendor == null ? null : shipped.find(vendor, name);
        if (model == null) {
            model = shipped.get(name);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        if (model != null) {
            model.facts().forEach((key, value) -> facts.put(key, plain(value)));
        }
        Map<String, Object> said = new LinkedHashMap<>();
        facts.putIfAbsent("tier", "mid");
        if (embeds) {
            facts.put("use-cases", List.of("embed"));
            facts.put("capabilities", List.of("embeddings"));
        } else {
            facts.putIfAbsent("use-cases", List.of("chat", "code", "reasoning"));
            facts.put("capabilities", capabilities(facts.get("capabilities"), info, said));
        }
        sizes(info, said);
        facts.putAll(said);
        Map<String, Object> price = price(params, info);
        KnownModel.Offer offer = model == null || vendor == null ? null : model.by(vendor);
        if (price.isEmpty() && offer != null && offer.price() != null && offer.until() == null) {
            offer.price().values().forEach((key, value) -> price.put(key, plain(value)));
            price.put("list", offer.list());
        }
        return new LiteLlmFacts(facts, said, price, model == null);
    }

    private static List<Object> capabilities(@Nullable Object known, LiteLlmSection info, Map<String, Object> said) {
        List<Object> all = new ArrayList<>(known instanceof List<?> list ? list : ANYTHING);
        LiteLlmFields.CAPABILITIES.forEach((field, capability) -> {
            if (info.has(field)) {
                if (info.flag(field) && !all.contains(capability.id())) {
                    all.add(capability.id());
                } else if (!info.flag(field)) {
                    all.remove(capability.id());
                    if (capability == Capability.VISION) {
                        all.remove(Capability.IMAGE_URL.id());
                    }
                }
                info.carried(field, "→ the model's capabilities");
                said.put("capabilities", all);
            }
        });
        return all;
    }

    private static void sizes(LiteLlmSection info, Map<String, Object> said) {
        BigDecimal input = info.number("max_input_tokens");
        BigDecimal output =
                info.has("max_output_tokens") ? info.number("max_output_tokens") : info.number("max_tokens");
        String outputKey = info.has("max_output_tokens") ? "max_output_tokens" : "max_tokens";
        if (output != null && output.signum() > 0) {
            said.put("max-output-tokens", output);
            info.carried(outputKey, "→ the model's max-output-tokens");
        }
        if (input != null && output != null && input.signum() > 0 && output.signum() > 0) {
            said.put("context-window", input.add(output));
            info.changed("max_input_tokens", "→ context-window: input and output together, " + input.add(output));
        } else if (input != null) {
            info.left(
                    "max_input_tokens",
                    "without max_output_tokens says nothing of the whole window: write context-window");
        }
        BigDecimal size = info.number("output_vector_size");
        if (size != null) {
            said.put("dimensions", size);
            info.carried("output_vector_size", "→ the model's dimensions");
        }
    }

    /** Dollars per million tokens; empty unless both of the two that matter are there. */
    private static Map<String, Object> price(LiteLlmSection params, LiteLlmSection info) {
        Map<String, Object> price = new LinkedHashMap<>();
        List<Runnable> reports = new ArrayList<>();
        LiteLlmPrice.UNITS.forEach((field, unit) -> {
            LiteLlmSection where = params.has(field) ? params : info;
            BigDecimal perToken = where.number(field);
            if (perToken == null) {
                return;
            }
            if (perToken.signum() < 0 || perToken.compareTo(ABSURD) >= 0) {
                where.left(field, "can't be dollars per token");
                return;
            }
            price.put(unit, perToken.movePointRight(6).stripTrailingZeros());
            reports.add(() -> where.carried(field, "→ price." + unit + ": dollars per million tokens"));
        });
        if (!price.isEmpty() && !(price.containsKey("input") && price.containsKey("output"))) {
            for (String field : LiteLlmPrice.UNITS.keySet()) {
                LiteLlmSection where = params.has(field) ? params : info;
                if (where.has(field)) {
                    where.left(field, "a price needs input and output: write both into the replica's price");
                }
            }
            price.clear();
            return price;
        }
        reports.forEach(Runnable::run);
        return price;
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                switch (scalar.written()) {
                    case NUMBER -> new BigDecimal(scalar.text());
                    case BOOLEAN -> scalar.text().equals("true");
                    case TEXT, NOTHING, UNRESOLVED -> scalar.text();
                };
            case Node.Sequence list ->
                list.items().stream().map(LiteLlmFacts::plain).toList();
            case Node.Mapping map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.values().forEach((key, value) -> values.put(key, plain(value)));
                yield values;
            }
        };
    }
}
