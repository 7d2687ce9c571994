package dev.tierway.bootstrap.config;

import java.util.List;
import java.util.Map;

/**
 * Vendors that can be used with nothing but their key, and a few models of theirs. What is known of those models, their prices
 * too, is in the catalogue that ships.
 */
final class KnownVendors {
    /**
     * @param id as the catalogue calls it
     * @param key the variable that holds its key
     * @param urlVariable the variable that may hold another address
     */
    record Vendor(String id, ProviderKind kind, String url, String key, String urlVariable) {}

    /**
     * @param id as the catalogue calls it
     * @param names what each vendor calls it
     */
    record Model(String id, Map<String, String> names) {}

    static final List<Vendor> ALL = List.of(
            new Vendor("openai", ProviderKind.OPENAI, "https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_BASE_URL"),
            compatible("groq", "https://api.groq.com/openai/v1", "GROQ"),
            compatible("mistral", "https://api.mistral.ai/v1", "MISTRAL"),
            compatible("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK"),
            compatible("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER"));

    static final List<Model> MODELS = List.of(
            gpt("gpt-5.4-nano"),
            gpt("gpt-5.4-mini"),
            gpt("gpt-5.4"),
            gpt("gpt-5.5"),
            gptOss("gpt-oss-20b"),
            gptOss("gpt-oss-120b"),
            of("mistral", "mistral-small-latest"),
            of("mistral", "mistral-medium-latest"),
            of("deepseek", "deepseek-v4-flash"),
            of("deepseek", "deepseek-v4-pro"));

    private KnownVendors() {}

    private static Vendor compatible(String id, String url, String prefix) {
        return new Vendor(id, ProviderKind.OPENAI_COMPATIBLE, url, prefix + "_API_KEY", prefix + "_BASE_URL");
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
