package dev.tierway.bootstrap.config;

import dev.tierway.CatalogueConfig;
import dev.tierway.domain.catalogue.ModelTier;
import java.util.List;
import java.util.Map;

/** {@code catalogue}. */
final class CatalogueSection {
    static final Key<String> IMPORT = Key.optional(
                    "import",
                    Scalars.TEXT,
                    "A local file in the format of LiteLLM's `model_prices_and_context_window.json`: its prices win"
                            + " over those that ship. Relative to this file's folder.")
            .absentMeans("the catalogue that ships alone");
    static final Key<Map<String, ModelTier>> TIERS = Key.optional(
            "tiers",
            new MapShape<>(
                    Scalars.matching(
                            "a model's id, or its beginning and *",
                            "^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,198}\\*?$",
                            CatalogueSection::name),
                    Scalars.choice("tier", List.of(ModelTier.values()), ModelTier::id),
                    "a set of models with tiers"),
            "Tiers of imported models that the catalogue doesn't know: by id, or by the id's beginning and `*`; the"
                    + " longest that fits holds.");
    static final Key<CatalogueConfig.WithoutTier> WITHOUT_TIER = Key.optional(
                    "without-tier",
                    Scalars.choice(
                            "way", List.of(CatalogueConfig.WithoutTier.values()), CatalogueConfig.WithoutTier::id),
                    "What becomes of imported models that nobody gives a tier.")
            .or("error");

    static final Section<CatalogueConfig> SECTION = Section.of(
            "catalogue",
            "What `models: catalogue` on a provider stands for, beside what ships.",
            List.of(IMPORT, TIERS, WITHOUT_TIER),
            v -> {
                if (!v.has(IMPORT) && (v.has(TIERS) || v.has(WITHOUT_TIER))) {
                    v.warn(TIERS, "means nothing without import: models that ship have a tier", "remove it");
                }
                return new CatalogueConfig(v.get(IMPORT), v.get(TIERS, Map.of()), v.value(WITHOUT_TIER));
            });

    private CatalogueSection() {}

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,198}\\*?")) {
            throw new Unfit("is not a model's id", "write an id, or its beginning and *");
        }
        return text;
    }
}
