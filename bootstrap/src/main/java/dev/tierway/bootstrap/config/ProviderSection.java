package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ProbeConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.UsageProbeConfig;
import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.GoogleSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.quota.Limit;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code providers[]}. */
final class ProviderSection {
    static final Key<ProviderId> ID =
            Key.required("id", Scalars.name("a provider's id", ProviderId::new), "What replicas name in `provider`.");
    static final Key<ProviderKind> KIND = Key.required(
            "kind",
            Scalars.choice("provider kind", List.of(ProviderKind.values()), ProviderKind::id),
            "How it is spoken to: a dialect, or a preset of [providers.md](providers.md).");
    static final Key<URI> BASE_URL = Key.optional(
                    "base-url",
                    BaseUrl.SHAPE,
                    "Up to, not including, `/chat/completions` or `/v1/messages`; for `azure-openai` the resource's"
                            + " endpoint; for `gemini` and `vertex` up to the version. No credentials in it.")
            .absentMeans("the vendor's own for kinds `openai`, `anthropic` and `gemini`, the region's endpoint for"
                    + " `bedrock`, the location's for `vertex`, a preset's own; `openai-compatible`, `azure-openai` and"
                    + " presets without an address need one");
    static final Key<Secret> API_KEY = Key.optional(
            "api-key",
            Scalars.SECRET,
            "The credential. Kinds `openai`, `anthropic`, `gemini` and `cohere` and presets of vendors need one; for"
                    + " `bedrock` it is a Bedrock API key.");
    static final Key<Map<String, Secret>> HEADERS = Key.optional(
            "headers",
            new MapShape<>(
                    Scalars.matching("a header's name", "^[A-Za-z0-9_-]+$", ProviderSection::headerName),
                    Scalars.SECRET,
                    "a set of headers"),
            "Headers sent with every request. Values are treated as secrets.");
    static final Key<Boolean> LOCAL = Key.optional(
                    "local",
                    Scalars.TRUE_OR_FALSE,
                    "Runs on your own hardware: free unless priced, preferred by `routing.local-bonus`.")
            .absentMeans("`true` for kind `ollama` and presets of local servers, else `false`");
    static final Key<Boolean> REPORTS_USAGE = Key.optional(
                    "reports-usage",
                    Scalars.TRUE_OR_FALSE,
                    "Whether streams may be asked for their usage (`stream_options.include_usage`).")
            .absentMeans("`true`, but for presets that refuse it");
    static final Key<Integer> MAX_CONNECTIONS = Key.optional(
                    "max-connections",
                    Quantities.smallCount(1, 1_000_000),
                    "Most attempts at it at once; more are refused as capacity.")
            .or(String.valueOf(ProviderSettings.DEFAULT_MAX_CONNECTIONS));
    static final Key<ConnectionSettings> CONNECTION = Key.optional(
                    "connection", ConnectionSection.SECTION, "How connections to it are made.")
            .absentMeans("HTTP/1.1, no proxy, Java's authorities");
    static final Key<String> NAME =
            Key.optional("name", Scalars.TEXT, "For people.").absentMeans("the `id`");
    static final Key<List<Limit>> QUOTA = Key.optional("quota", QuotaSection.OF_PROVIDER, "Limits of this account.")
            .absentMeans("unlimited");
    static final Key<QuotaDomainId> QUOTA_DOMAIN = Key.optional(
            "quota-domain", QuotaSection.DOMAIN_ID, "A shared quota domain all its replicas join, besides `quota`.");
    static final Key<Timeouts.Override> TIMEOUTS = Key.optional(
                    "timeouts", TimeoutsSection.OF_ATTEMPT, "Clocks of attempts at it.")
            .absentMeans("as `routing.timeouts`");
    static final Key<CircuitConfig> CIRCUIT = Key.optional("circuit", CircuitSection.SECTION, "Its replicas' circuits.")
            .absentMeans("as `routing.circuit`");
    static final Key<RetrySettings.Override> RETRY = Key.optional(
                    "retry", RetrySection.SECTION, "Its retry budget, and repeats at its replicas.")
            .absentMeans("as `routing.retry`");
    static final Key<Boolean> PASSTHROUGH = Key.optional(
                    "passthrough",
                    Scalars.TRUE_OR_FALSE,
                    "Whether it also serves models that aren't listed, as `PROVIDER/NAME`. Their price is unknown (0 if"
                            + " `local`), they count as tier `frontier`, and share one state of health.")
            .or("false");
    static final Key<String> MODELS = Key.optional(
                    "models",
                    new ScalarShape<>(
                            "the word catalogue",
                            Set.of(Node.Written.TEXT),
                            Map.of("const", CatalogueModels.WORD),
                            ProviderSection::catalogue),
                    "`catalogue`: it serves every model that the catalogue knows of its vendor, at the catalogue's"
                            + " prices. What `models` at the top says of them wins, key by key.")
            .absentMeans("those that name it in `models[].replicas[]`");
    static final Key<ProbeConfig> PROBE = Key.optional(
                    "probe", ProbeSection.SHAPE, "How its server is looked at beside its calls.")
            .absentMeans("`on` if it is local and `routing.probes.local`, else `off`");
    static final Key<UsageProbeConfig> USAGE_PROBE = Key.optional(
                    "usage-probe", UsageProbeSection.SECTION, "Asks its vendor what the account has left.")
            .absentMeans("it isn't asked");
    static final Key<AwsSettings> AWS = Key.optional("aws", AwsSection.SECTION, "The account, for kind `bedrock`.");
    static final Key<AzureSettings> AZURE = Key.optional(
                    "azure", AzureSection.SECTION, "Version and identity, for kind `azure-openai`.")
            .absentMeans("the v1 surface, and an `api-key`");
    static final Key<RequestDefaults> DEFAULTS =
            Key.optional("defaults", DefaultsSection.SECTION, "What is sent to it unless a request says it itself.");
    static final Key<GoogleSettings> GOOGLE =
            Key.optional("google", GoogleSection.SECTION, "The project, for kind `vertex`.");
    static final Key<SimulatedScript> SIMULATED =
            Key.optional("simulated", SimulatedSection.SECTION, "How it behaves, for kind `simulated`.");

    static final Section<ProviderConfig> SECTION = Section.of(
            "provider",
            "An account at a vendor, or a local server.",
            List.of(
                    ID,
                    KIND,
                    BASE_URL,
                    API_KEY,
                    HEADERS,
                    LOCAL,
                    REPORTS_USAGE,
                    MAX_CONNECTIONS,
                    CONNECTION,
                    NAME,
                    QUOTA,
                    QUOTA_DOMAIN,
                    TIMEOUTS,
                    CIRCUIT,
                    RETRY,
                    PROBE,
                    USAGE_PROBE,
                    PASSTHROUGH,
                    MODELS,
                    AWS,
                    AZURE,
                    DEFAULTS,
                    GOOGLE,
                    SIMULATED),
            ProviderSection::provider);

    private ProviderSection() {}

    private static ProviderConfig provider(Values v) {
        ProviderKind kind = v.value(KIND);
        checkAgainst(kind, v);
        URI said = v.get(BASE_URL);
        URI url = said == null && kind.fillsUrlIn() ? kind.baseUrl() : said;
        if (said != null
                && url != null
                && (v.has(API_KEY) || v.has(HEADERS) || v.has(AWS) || v.has(AZURE))
                && BaseUrl.isOpenToEavesdroppers(url)) {
            v.warn(BASE_URL, "sends credentials over http, readable on the way", "use https");
        }
        SimulatedScript script = v.get(SIMULATED);
        ProviderConfig provider = new ProviderConfig(
                v.value(ID),
                kind.id(),
                url,
                v.get(API_KEY),
                v.get(HEADERS, Map.of()),
                v.get(LOCAL, kind.local()),
                v.get(REPORTS_USAGE, kind.asksUsage()),
                v.value(MAX_CONNECTIONS),
                v.get(CONNECTION, ConnectionSettings.DEFAULTS),
                v.get(NAME),
                v.get(QUOTA, List.of()),
                v.get(QUOTA_DOMAIN),
                v.get(TIMEOUTS, Timeouts.Override.NONE),
                v.get(CIRCUIT, CircuitConfig.NONE),
                v.get(RETRY, RetrySettings.Override.NONE),
                v.value(PASSTHROUGH),
                v.has(MODELS),
                v.get(PROBE, ProbeConfig.UNSAID),
                v.get(USAGE_PROBE),
                v.get(AWS),
                v.get(AZURE, AzureSettings.DEFAULTS),
                v.get(GOOGLE),
                v.get(DEFAULTS, RequestDefaults.NONE),
                script == null && kind == ProviderKind.SIMULATED ? SimulatedSection.DEFAULTS : script);
        // The transport's own conditions, e.g. on headers; it throws what the reader is told.
        provider.settings();
        return provider;
    }

    private static void checkAgainst(ProviderKind kind, Values v) {
        CloudChecks.check(kind, v);
        GoogleSection.check(kind, v);
        if (kind.needsUrl() && !v.has(BASE_URL)) {
            v.error(ID, "kind '" + kind.id() + "' needs a base-url", "add base-url: https://host/v1");
        }
        if (kind.needsKey() && !v.has(API_KEY) && !v.has(HEADERS)) {
            v.error(ID, "kind '" + kind.id() + "' needs an api-key", "add api-key: ${" + kind.keyVariable() + "}");
        }
        if (!kind.remote()) {
            for (Key<?> key : List.of(
                    BASE_URL,
                    API_KEY,
                    HEADERS,
                    REPORTS_USAGE,
                    MAX_CONNECTIONS,
                    CONNECTION,
                    PROBE,
                    USAGE_PROBE,
                    DEFAULTS)) {
                if (v.has(key)) {
                    v.error(key, "means nothing for kind '" + kind.id() + "'", "remove it");
                }
            }
            return;
        }
        if (v.has(SIMULATED)) {
            v.error(SIMULATED, "means nothing for kind '" + kind.id() + "'", "remove it, or write kind: simulated");
        }
        checkUsageProbe(kind, v);
    }

    /** A vendor that tells a key nothing would be asked in vain. */
    private static void checkUsageProbe(ProviderKind kind, Values v) {
        UsageProbeConfig probe = v.get(USAGE_PROBE);
        URI url = v.has(BASE_URL) ? v.get(BASE_URL) : kind.baseUrl();
        if (probe != null && probe.vendor() == null && !Vendor.at(url).tellsBalances()) {
            v.error(
                    USAGE_PROBE,
                    "its vendor doesn't tell a key what the account has left, or isn't known",
                    "remove it, or name whom the base-url leads to: vendor: openrouter, deepseek or moonshot");
        }
    }

    private static String catalogue(String text) {
        if (!text.equals(CatalogueModels.WORD)) {
            throw new Unfit(
                    "must be the word catalogue",
                    "write models: catalogue, or list models at the top, with this provider in their replicas");
        }
        return text;
    }

    static String headerName(String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new Unfit("is not a header's name", "use letters, digits and -");
        }
        return name;
    }
}
