package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns one entry's dollars per token into a {@code price} of the configuration: dollars per million tokens, exactly. */
final class LiteLlmPrice {
    /** A thousand dollars per million tokens: dearer than anybody, so it can't be a price per token. */
    private static final BigDecimal ABSURD = new BigDecimal("0.001");

    private static final Pattern STEP = Pattern.compile("(.+)_above_([0-9]{1,5})k_tokens");

    /** Its name of each unit that has one here. */
    static final Map<String, String> UNITS = units();

    private LiteLlmPrice() {}

    private static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put("input_cost_per_token", PriceSection.INPUT.name());
        units.put("output_cost_per_token", PriceSection.OUTPUT.name());
        units.put("cache_read_input_token_cost", PriceSection.CACHED_INPUT.name());
        units.put("cache_creation_input_token_cost", PriceSection.CACHE_WRITE.name());
        units.put("cache_creation_input_token_cost_above_1hr", PriceSection.CACHE_WRITE_HOUR.name());
        units.put("output_cost_per_reasoning_token", PriceSection.REASONING.name());
        units.put("input_cost_per_audio_token", PriceSection.AUDIO_INPUT.name());
        units.put("output_cost_per_audio_token", PriceSection.AUDIO_OUTPUT.name());
        units.put("input_cost_per_image_token", PriceSection.IMAGE_INPUT.name());
        units.put("output_cost_per_image_token", PriceSection.IMAGE_OUTPUT.name());
        return units;
    }

    static boolean isStep(String field) {
        Matcher step = STEP.matcher(field);
        return step.matches() && UNITS.containsKey(step.group(1));
    }

    /**
     * Null if it is unknown: input or output is missing, or both are 0, which in that format means as much.
     *
     * @throws Unfit if a number can't be a price per token
     */
    static Node.@Nullable Mapping of(JsonNode model, PlacedNodes place) {
        Map<String, Node> price = new LinkedHashMap<>();
        UNITS.forEach((field, unit) -> put(price, unit, model.get(field), field, place));
        if (!price.containsKey(PriceSection.INPUT.name())
                || !price.containsKey(PriceSection.OUTPUT.name())
                || free(model)) {
            return null;
        }
        Node.Mapping step = step(model, price, place);
        if (step != null) {
            price.put(PriceSection.LONG_PROMPT.name(), step);
        }
        return place.mapping(price);
    }

    private static boolean free(JsonNode model) {
        return model.path("input_cost_per_token").decimalValue().signum() == 0
                && model.path("output_cost_per_token").decimalValue().signum() == 0;
    }

    /** What a step leaves out costs as much as before it. */
    private static Node.@Nullable Mapping step(JsonNode model, Map<String, Node> base, PlacedNodes place) {
        int above = 0;
        Map<String, Node> changed = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : model.properties()) {
            Matcher step = STEP.matcher(field.getKey());
            String unit = step.matches() ? UNITS.get(step.group(1)) : null;
            if (unit == null) {
                continue;
            }
            int size = Integer.parseInt(step.group(2)) * 1000;
            if (above != 0 && size != above) {
                throw new Unfit("has prices for prompts of several sizes", null);
            }
            above = size;
            put(changed, unit, field.getValue(), field.getKey(), place);
        }
        if (changed.isEmpty()) {
            return null;
        }
        Map<String, Node> all = new LinkedHashMap<>(base);
        all.putAll(changed);
        all.put(PriceSection.ABOVE.name(), place.number(String.valueOf(above)));
        return place.mapping(all);
    }

    private static void put(
            Map<String, Node> price, String unit, @Nullable JsonNode value, String field, PlacedNodes place) {
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isNumber()) {
            throw new Unfit(field + " is not a number", null);
        }
        BigDecimal perToken = value.decimalValue();
        if (perToken.signum() < 0 || perToken.compareTo(ABSURD) >= 0) {
            throw new Unfit(
                    field + " is " + value.asText() + ", which can't be dollars per token",
                    "that format has prices per token, not per thousand or per million");
        }
        price.put(
                unit,
                place.number(perToken.movePointRight(6).stripTrailingZeros().toPlainString()));
    }
}
