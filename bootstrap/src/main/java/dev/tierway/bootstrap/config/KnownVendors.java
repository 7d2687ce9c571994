package dev.tierway.bootstrap.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Vendors that can be used with nothing but their key, and a few models of theirs. What is known of those models, their prices
 * too, is in the catalogue that ships.
 */
final class KnownVendors {
    /**
     * @param id as the catalogue calls it
     * @param key the variable that holds its key
     * @param urlVariable the variable that may hold another address
     * @param otherKey the variable that holds its key where {@code key} isn't set; the same if there is none
     */
    record Vendor(String id, ProviderKind kind, String url, String key, String urlVariable, String otherKey) {
        Vendor(String id, ProviderKind kind, String url, String key, String urlVariable) {
            this(id, kind, url, key, urlVariable, key);
        }
    }

    /**
     * @param id as the catalogue calls it
     * @param names what each vendor calls it
     */
    record Model(String id, Map<String, String> names) {}

    /** Whose keys people hold for other reasons, too: to find one is no wish to send prompts there. */
    private static final Set<String> KEYS_OF_OTHER_USE =
            Set.of("huggingface", "databricks", "cloudflare", "github-models", "replicate");

    static final List<Vendor> ALL = all();
    static final List<Model> MODELS = List.of(
            gpt("gpt-5.4-nano"),
            gpt("gpt-5.4-mini"),
            gpt("gpt-5.4"),
            gpt("gpt-5.5"),
            of("anthropic", "claude-haiku-4-5"),
            of("anthropic", "claude-sonnet-5"),
            of("anthropic", "claude-opus-5"),
            of("gemini", "gemini-3.1-flash-lite"),
            of("gemini", "gemini-3.5-flash"),
            of("gemini", "gemini-3.1-pro-preview"),
            gptOss("gpt-oss-20b"),
            gptOss("gpt-oss-120b"),
            of("mistral", "mistral-small-latest"),
            of("mistral", "mistral-medium-latest"),
            of("deepseek", "deepseek-v4-flash"),
            of("deepseek", "deepseek-v4-pro"));

    private KnownVendors() {}

    private static List<Vendor> all() {
        List<Vendor> all = new ArrayList<>();
        for (ProviderKind kind : ProviderKind.values()) {
            URI url = kind.baseUrl();
            if (kind.needsKey() && url != null && !KEYS_OF_OTHER_USE.contains(kind.id())) {
                all.add(vendor(kind, url));
            }
        }
        return List.copyOf(all);
    }

    private static Vendor vendor(ProviderKind kind, URI url) {
        String key = Objects.requireNonNull(kind.keyVariable(), kind.id());
        String address = key.replaceFirst("_(API_KEY|TOKEN)$", "_BASE_URL");
        return kind == ProviderKind.GEMINI
                ? new Vendor(kind.id(), kind, url.toString(), key, address, "GOOGLE_API_KEY")
                : new Vendor(kind.id(), kind, url.toString(), key, address);
    }

    /** Whether a few models of its vendor are known; if not, it can only be asked for models by their own names. */
    static boolean hasModels(Vendor vendor) {
        return MODELS.stream().anyMatch(model -> model.names().containsKey(vendor.id()));
    }

    /**
     * What those vendors serve: the few models of each that are listed here; of a vendor without any, all that the
     * catalogue which ships knows a tier of.
     */
    static List<Model> models(List<Vendor> vendors) {
        Map<String, Map<String, String>> names = new LinkedHashMap<>();
        for (Model model : MODELS) {
            if (vendors.stream().anyMatch(vendor -> model.names().containsKey(vendor.id()))) {
                names.put(model.id(), new LinkedHashMap<>(model.names()));
            }
        }
        for (Vendor vendor : vendors) {
            for (KnownModel model : ShippedCatalogue.get().models()) {
                KnownModel.Offer offer = hasModels(vendor) ? null : model.by(vendor.id());
                if (offer != null && model.facts().containsKey("tier")) {
                    names.computeIfAbsent(model.id(), unseen -> new LinkedHashMap<>())
                            .put(vendor.id(), offer.name());
                }
            }
        }
        List<Model> models = new ArrayList<>();
        names.forEach((id, byVendor) -> models.add(new Model(id, byVendor)));
        return models;
    }

    private static Model gpt(String id) {
        return new Model(id, Map.of("openai", id, "openrouter", "openai/" + id));
    }

    private static Model gptOss(String id) {
        String name = "openai/" + id;
        return new Model(id, Map.of("groq", name, "openrouter", name));
    }

    private static Model of(String vendor, String id) {
        return new Model(id, Map.of(vendor, id));
    }
}
