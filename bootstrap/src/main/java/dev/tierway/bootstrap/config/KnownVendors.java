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

    static final List<Vendor> ALL = List.of(
            new Vendor("openai", ProviderKind.OPENAI, "https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_BASE_URL"),
            new Vendor(
                    "anthropic",
                    ProviderKind.ANTHROPIC,
                    "https://api.anthropic.com",
                    "ANTHROPIC_API_KEY",
                    "ANTHROPIC_BASE_URL"),
            new Vendor(
                    "gemini",
                    ProviderKind.GEMINI,
                    "https://generativelanguage.googleapis.com/v1beta",
                    "GEMINI_API_KEY",
                    "GEMINI_BASE_URL",
                    "GOOGLE_API_KEY"),
            compatible("groq", "https://api.groq.com/openai/v1", "GROQ"),
            compatible("mistral", "https://api.mistral.ai/v1", "MISTRAL"),
            compatible("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK"),
            compatible("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER"));

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
