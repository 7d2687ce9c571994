package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.ModelTier;
import java.util.List;
import java.util.Map;

/**
 * Vendors that can be used with nothing but their key, and a few models of theirs, as their own documentation named them
 * in 2026. Prices change too often to be known here: they are left unknown.
 */
final class KnownVendors {
    private static final String CHAT_AND_CODE = "[chat, code]";
    private static final String ALL_ROUND = "[chat, code, reasoning]";
    private static final String SEES = "[chat, code, reasoning, vision]";
    private static final String TOOLS = "[tools, json]";
    private static final String REASONS = "[tools, json, reasoning]";
    private static final String REASONS_AND_SEES = "[tools, json, reasoning, vision, image-url]";

    /**
     * @param key the variable that holds its key
     * @param urlVariable the variable that may hold another address
     */
    record Vendor(String id, ProviderKind kind, String url, String key, String urlVariable) {}

    /**
     * @param contextWindow in tokens; 0: unknown
     * @param maxOutputTokens 0: unknown
     * @param names what each vendor calls it
     */
    record Model(
            String id,
            ModelTier tier,
            String useCases,
            String capabilities,
            int contextWindow,
            int maxOutputTokens,
            Map<String, String> names) {}

    static final List<Vendor> ALL = List.of(
            new Vendor("openai", ProviderKind.OPENAI, "https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_BASE_URL"),
            new Vendor(
                    "anthropic",
                    ProviderKind.ANTHROPIC,
                    "https://api.anthropic.com",
                    "ANTHROPIC_API_KEY",
                    "ANTHROPIC_BASE_URL"),
            compatible("groq", "https://api.groq.com/openai/v1", "GROQ"),
            compatible("mistral", "https://api.mistral.ai/v1", "MISTRAL"),
            compatible("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK"),
            compatible("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER"));

    static final List<Model> MODELS = List.of(
            gpt("gpt-5.4-nano", ModelTier.MICRO, 400_000),
            gpt("gpt-5.4-mini", ModelTier.SMALL, 400_000),
            gpt("gpt-5.4", ModelTier.MID, 0),
            gpt("gpt-5.5", ModelTier.FRONTIER, 0),
            claude("claude-haiku-4-5", ModelTier.SMALL, 200_000, 64_000),
            claude("claude-sonnet-5", ModelTier.MID, 1_000_000, 0),
            claude("claude-opus-5", ModelTier.FRONTIER, 1_000_000, 0),
            gptOss("gpt-oss-20b", ModelTier.MICRO),
            gptOss("gpt-oss-120b", ModelTier.SMALL),
            mistral("mistral-small-latest", ModelTier.SMALL),
            mistral("mistral-medium-latest", ModelTier.MID),
            deepseek("deepseek-v4-flash", ModelTier.SMALL),
            deepseek("deepseek-v4-pro", ModelTier.MID));

    private KnownVendors() {}

    private static Vendor compatible(String id, String url, String prefix) {
        return new Vendor(id, ProviderKind.OPENAI_COMPATIBLE, url, prefix + "_API_KEY", prefix + "_BASE_URL");
    }

    private static Model gpt(String id, ModelTier tier, int window) {
        return new Model(
                id, tier, SEES, REASONS_AND_SEES, window, 128_000, Map.of("openai", id, "openrouter", "openai/" + id));
    }

    private static Model claude(String id, ModelTier tier, int window, int output) {
        return new Model(id, tier, SEES, REASONS_AND_SEES, window, output, Map.of("anthropic", id));
    }

    private static Model gptOss(String id, ModelTier tier) {
        String name = "openai/" + id;
        return new Model(id, tier, ALL_ROUND, REASONS, 131_072, 65_536, Map.of("groq", name, "openrouter", name));
    }

    private static Model mistral(String id, ModelTier tier) {
        return new Model(id, tier, CHAT_AND_CODE, TOOLS, 0, 0, Map.of("mistral", id));
    }

    private static Model deepseek(String id, ModelTier tier) {
        return new Model(id, tier, ALL_ROUND, REASONS, 0, 0, Map.of("deepseek", id));
    }
}
