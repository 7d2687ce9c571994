package dev.tierway.adapter.providers.limits;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vendors whose headers or accounts mean something of their own, told by the host they answer at. */
public enum Vendor {
    OPENAI,
    AZURE_OPENAI,
    ANTHROPIC,
    GEMINI,
    GROQ,
    MISTRAL,
    CEREBRAS,
    OPENROUTER,
    DEEPSEEK,
    MOONSHOT,
    /** Anybody else: headers mean what most vendors mean by them, and nothing is known of windows they don't name. */
    OTHER;

    private static final Map<String, Vendor> HOSTS = Map.ofEntries(
            Map.entry("api.openai.com", OPENAI),
            Map.entry("openai.azure.com", AZURE_OPENAI),
            Map.entry("cognitiveservices.azure.com", AZURE_OPENAI),
            Map.entry("services.ai.azure.com", AZURE_OPENAI),
            Map.entry("api.anthropic.com", ANTHROPIC),
            Map.entry("generativelanguage.googleapis.com", GEMINI),
            Map.entry("api.groq.com", GROQ),
            Map.entry("api.mistral.ai", MISTRAL),
            Map.entry("api.cerebras.ai", CEREBRAS),
            Map.entry("openrouter.ai", OPENROUTER),
            Map.entry("api.deepseek.com", DEEPSEEK),
            Map.entry("api.moonshot.ai", MOONSHOT),
            Map.entry("api.moonshot.cn", MOONSHOT));

    /** Whether it tells the key that calls what its account has left. */
    public boolean tellsBalances() {
        return this == OPENROUTER || this == DEEPSEEK || this == MOONSHOT;
    }

    /** @param baseUrl null, or a host nobody knows: {@link #OTHER} */
    public static Vendor at(@Nullable URI baseUrl) {
        String host = baseUrl == null || baseUrl.getHost() == null
                ? ""
                : baseUrl.getHost().toLowerCase(Locale.ROOT);
        // A subdomain is the vendor's too: eu.api.openai.com, my-resource.openai.azure.com.
        while (!host.isEmpty()) {
            Vendor vendor = HOSTS.get(host);
            if (vendor != null) {
                return vendor;
            }
            int dot = host.indexOf('.');
            host = dot < 0 ? "" : host.substring(dot + 1);
        }
        return OTHER;
    }
}
