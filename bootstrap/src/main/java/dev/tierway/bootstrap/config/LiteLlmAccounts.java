package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.LiteLlmPrefixes.Named;
import dev.tierway.bootstrap.config.LiteLlmPrefixes.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes providers of what LiteLLM says in each deployment: the same account is one provider. */
final class LiteLlmAccounts {
    private final MoveReport report;
    /** By what they are, but for their ids. */
    private final Map<Map<String, Object>, String> ids = new LinkedHashMap<>();

    private final Map<String, Map<String, Object>> providers = new LinkedHashMap<>();

    LiteLlmAccounts(MoveReport report) {
        this.report = report;
    }

    List<Map<String, Object>> providers() {
        return new ArrayList<>(providers.values());
    }

    Map<String, Object> get(String id) {
        return providers.getOrDefault(id, Map.of());
    }

    /** It serves models nobody lists; those that the catalogue knows of it with their prices. */
    void passthrough(String id) {
        Map<String, Object> provider = providers.get(id);
        if (provider != null) {
            provider.put("passthrough", true);
            Object url = provider.get("base-url");
            String kind = String.valueOf(provider.get("kind"));
            if (ShippedCatalogue.get().vendorOf(kind, url == null ? null : url.toString()) != null) {
                provider.put("models", CatalogueModels.WORD);
            }
        }
    }

    /**
     * The provider of a deployment, new or there already.
     *
     * @param wanted its id if it is new, because clients say it; null: any
     */
    String of(Named named, Service service, LiteLlmSection params, @Nullable String wanted) {
        Map<String, Object> account = new LinkedHashMap<>();
        String url = url(service, params);
        ProviderKind kind = kind(service.kind(), url);
        account.put("kind", kind.id());
        if (url != null) {
            account.put("base-url", url);
            if (params.has("api_base") || params.has("base_url")) {
                params.carried(params.has("base_url") ? "base_url" : "api_base", "→ the provider's base-url: " + url);
            }
        }
        String prefix = variable(wanted == null ? kind == service.kind() ? named.prefix() : hostOf(url, kind) : wanted);
        String key = key(kind, service, url, params, prefix);
        if (key != null) {
            account.put("api-key", key);
        }
        headers(params, account, prefix);
        LiteLlmClouds.add(kind, params, account, key != null, prefix);
        String known = ids.get(account);
        if (known != null && (wanted == null || known.equals(wanted))) {
            return known;
        }
        String id = free(wanted == null ? name(kind, url, key) : wanted);
        ids.putIfAbsent(account, id);
        Map<String, Object> whole = new LinkedHashMap<>(Map.of("id", id));
        whole.putAll(account);
        providers.put(id, whole);
        return id;
    }

    /** OpenAI's format at another address is another kind here. */
    private static ProviderKind kind(ProviderKind said, @Nullable String url) {
        return said == ProviderKind.OPENAI && url != null && !url.startsWith("https://api.openai.com/")
                ? ProviderKind.OPENAI_COMPATIBLE
                : said;
    }

    private @Nullable String url(Service service, LiteLlmSection params) {
        String key = params.has("base_url") ? "base_url" : "api_base";
        String url = params.text(key);
        if (url == null) {
            boolean needed = service.kind().needsUrl() && service.url() != null;
            if (needed) {
                params.changed(
                        "model", "says no api_base: taken from the variable " + service.url() + ", as LiteLLM does");
            }
            return needed ? report.usual(String.valueOf(service.url())) : null;
        }
        if (url.contains("@") || url.contains("?")) {
            params.left(
                    key, "holds more than an address, which may be a credential: write base-url and api-key yourself");
            return null;
        }
        String cut = url.replaceAll("/+$", "").replaceAll("/(chat/completions|v1/messages|embeddings)$", "");
        return service.kind() == ProviderKind.ANTHROPIC ? cut.replaceAll("/v1$", "") : cut;
    }

    private @Nullable String key(
            ProviderKind kind, Service service, @Nullable String url, LiteLlmSection params, String prefix) {
        boolean literal = params.has("api_key")
                && params.take("api_key") instanceof Node.Scalar scalar
                && !MoveReport.isReference(scalar.raw());
        String key = params.secret("api_key", prefix + "_API_KEY");
        if (key != null) {
            if (literal) {
                params.changed("api_key", "is written out in the file and not copied: set " + key + " to it");
            } else {
                params.carried("api_key", "→ the provider's api-key: " + key);
            }
            return key;
        }
        if (kind == ProviderKind.OPENAI_COMPATIBLE && url != null && service.kind() == ProviderKind.OPENAI) {
            params.changed(
                    "model",
                    "says no api_key: LiteLLM would send OPENAI_API_KEY to " + url + "; Tierway sends none."
                            + " If that server wants one, give its provider an api-key");
            return null;
        }
        boolean token = params.has("tenant_id") || params.has("azure_ad_token");
        if (service.key() == null || (kind.preset() != null && kind.local()) || token) {
            return null;
        }
        String usual = report.usual(service.key());
        params.carried("model", "says no api_key: taken from the variable " + service.key() + ", as LiteLLM does");
        return usual;
    }

    private void headers(LiteLlmSection params, Map<String, Object> account, String prefix) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String key : List.of("extra_headers", "headers")) {
            if (params.has(key)) {
                LiteLlmSection said = params.section(key);
                for (String name : new TreeSet<>(said.keys())) {
                    String value = said.secret(name, prefix + "_" + variable(name));
                    if (value != null) {
                        headers.put(name, value);
                    }
                }
                params.carried(
                        key, "→ the provider's headers; values that were written out have to be set as variables");
            }
        }
        String organization = params.text("organization");
        if (organization != null) {
            headers.put("OpenAI-Organization", organization);
            params.carried("organization", "→ the provider's header OpenAI-Organization");
        }
        if (!headers.isEmpty()) {
            account.put("headers", headers);
        }
    }

    /** After its key's variable, else its host, else its kind: what people know it by. */
    private static String name(ProviderKind kind, @Nullable String url, @Nullable String key) {
        String variable = key == null ? "" : key.replaceAll("^\\$\\{|}$", "");
        String named = slug(variable.replaceAll("_?(API)?_?(KEY|TOKEN)$", ""));
        if (!named.isEmpty() && !named.equals("litellm")) {
            return named.equals("azure") ? kind.id() : named;
        }
        return hostOf(url, kind);
    }

    private static String hostOf(@Nullable String url, ProviderKind kind) {
        String host = null;
        try {
            host = url == null ? null : URI.create(url).getHost();
        } catch (IllegalArgumentException placeholder) {
            return kind.id();
        }
        return host == null || host.matches("[0-9.]+") ? kind.id() : slug(host.replaceAll("\\..*", ""));
    }

    private String free(String name) {
        String base = name.isEmpty() ? "provider" : name;
        String free = base;
        for (int n = 2; providers.containsKey(free); n++) {
            free = base + "-" + n;
        }
        return free;
    }

    /** As ids of providers, rules and quota domains are written. */
    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^[^a-z0-9]+|-+$", "");
    }

    static String variable(String text) {
        String name =
                text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "LLM_" + name : name;
    }
}
