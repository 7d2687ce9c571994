package dev.tierway;

import dev.tierway.domain.catalogue.ModelTier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the models of providers with {@code models: catalogue} are taken from, beside the catalogue that ships.
 *
 * @param importFile a price list in LiteLLM's format; null: none
 * @param tiers of imported models, by id or by its beginning and {@code *}
 */
public record CatalogueConfig(@Nullable String importFile, Map<String, ModelTier> tiers, WithoutTier withoutTier) {
    public static final CatalogueConfig SHIPPED = new CatalogueConfig(null, Map.of(), WithoutTier.ERROR);

    /** What becomes of an imported model without a tier. */
    public enum WithoutTier {
        ERROR,
        LEAVE_OUT;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public CatalogueConfig {
        tiers = Collections.unmodifiableMap(new LinkedHashMap<>(tiers));
    }

    /** Null if nothing here fits the id. */
    public @Nullable ModelTier tierOf(String modelId) {
        ModelTier exact = tiers.get(modelId);
        if (exact != null) {
            return exact;
        }
        int longest = -1;
        ModelTier found = null;
        for (Map.Entry<String, ModelTier> entry : tiers.entrySet()) {
            String name = entry.getKey();
            boolean fits = name.endsWith("*") && modelId.startsWith(name.substring(0, name.length() - 1));
            if (fits && name.length() > longest) {
                longest = name.length();
                found = entry.getValue();
            }
        }
        return found;
    }
}
