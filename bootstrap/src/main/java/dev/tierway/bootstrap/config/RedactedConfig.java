package dev.tierway.bootstrap.config;

import dev.tierway.CatalogueConfig;
import dev.tierway.GatewayConfig;
import dev.tierway.ModelConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.QuotaDomainConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.RouteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A configuration for people, under the keys of the file. Secrets are absent: of {@code headers} the names are shown, of
 * {@code api-key}, {@code admin-token}, peppers and keys' secrets nothing.
 */
public final class RedactedConfig {
    private RedactedConfig() {}

    public static Map<String, Object> of(GatewayConfig config) {
        return new Shown()
                .put(RootSection.PROVIDERS, config.providers(), RedactedConfig::provider)
                .put(RootSection.QUOTA_DOMAINS, config.quotaDomains(), RedactedConfig::domain)
                .put(RootSection.CATALOGUE, catalogue(config.catalogueSource()))
                .put(RootSection.MODELS, config.models(), RedactedConfig::model)
                .put(RootSection.ROUTES, routes(config.routes()))
                .put(RootSection.RULES, config.rules(), RedactedRules::rule)
                .put(RootSection.ROUTING, RedactedRouting.routing(config.routing()))
                .put(RootSection.STORAGE, RedactedSettings.storage(config.storage()))
                .put(RootSection.BUDGETS, RedactedBudgets.of(config.budgets()))
                .put(RootSection.SERVER, RedactedSettings.server(config.server()))
                .put(RootSection.OVERLOAD, OverloadSection.shown(config.overload()))
                .put(RootSection.IDEMPOTENCY, IdempotencySection.shown(config.idempotency()))
                .put(RootSection.OBSERVABILITY, ObservabilitySection.shown(config.traces()))
                .put(
                        RootSection.AUTH,
                        new Shown()
                                .put(AuthSection.MODE, config.auth().mode().id())
                                .put(AuthSection.KEYS, config.auth().keys(), KeySection::shown)
                                .map())
                .put(RootSection.PLUGINS, RedactedPlugins.of(config.plugins()))
                .put(RootSection.EVENTS, RedactedPlugins.of(config.events()))
                .put(RootSection.AGENTS, RedactedAgents.of(config.agents()))
                .put(RootSection.TOOLS, RedactedAgents.of(config.mcpServers()))
                .map();
    }

    private static Map<String, Object> provider(ProviderConfig provider) {
        boolean remote = provider.simulated() == null;
        return new Shown()
                .put(ProviderSection.ID, provider.id().value())
                .put(ProviderSection.KIND, provider.kind())
                .put(ProviderSection.BASE_URL, provider.baseUrl())
                .put(ProviderSection.HEADERS, List.copyOf(provider.headers().keySet()))
                .put(ProviderSection.LOCAL, provider.local())
                .put(
                        ProviderSection.REPORTS_USAGE,
                        ProviderKind.asksForUsage(provider.kind()) ? provider.reportsUsage() : null)
                .put(ProviderSection.MAX_CONNECTIONS, remote ? provider.maxConnections() : null)
                .put(ProviderSection.NAME, provider.name())
                .put(ProviderSection.QUOTA, RedactedSettings.limits(provider.quota()))
                .put(ProviderSection.QUOTA_DOMAIN, provider.quotaDomain())
                .put(ProviderSection.TIMEOUTS, RedactedSettings.timeouts(provider.timeouts()))
                .put(ProviderSection.CIRCUIT, RedactedSettings.circuit(provider.circuit()))
                .put(ProviderSection.RETRY, RedactedSettings.retry(provider.retry()))
                .put(ProviderSection.CONNECTION, ConnectionSection.shown(provider.connection()))
                .put(ProviderSection.PASSTHROUGH, provider.passthrough())
                .put(ProviderSection.MODELS, provider.wholeCatalogue() ? CatalogueModels.WORD : null)
                .put(ProviderSection.PROBE, RedactedSettings.probe(provider.probe()))
                .put(ProviderSection.USAGE_PROBE, UsageProbeSection.shown(provider.usageProbe()))
                .put(ProviderSection.AWS, AwsSection.shown(provider.aws()))
                .put(ProviderSection.AZURE, AzureSection.shown(provider.azure()))
                .put(ProviderSection.DEFAULTS, DefaultsSection.shown(provider.defaults()))
                .put(ProviderSection.GOOGLE, GoogleSection.shown(provider.google()))
                .put(ProviderSection.SIMULATED, RedactedSettings.simulated(provider.simulated()))
                .map();
    }

    private static Map<String, Object> domain(QuotaDomainConfig domain) {
        return new Shown()
                .put(QuotaSection.ID, domain.id().value())
                .put(QuotaSection.SHARE, domain.share())
                .put(QuotaSection.LEARN, QuotaSection.learnt(domain.heard()))
                .putAll(RedactedSettings.limits(domain.limits()))
                .map();
    }

    private static Map<String, Object> catalogue(CatalogueConfig source) {
        Shown tiers = new Shown();
        source.tiers().forEach((name, tier) -> tiers.put(name, tier.id()));
        return new Shown()
                .put(CatalogueSection.IMPORT, source.importFile())
                .put(CatalogueSection.TIERS, tiers.map())
                .put(
                        CatalogueSection.WITHOUT_TIER,
                        source.importFile() == null
                                ? null
                                : source.withoutTier().id())
                .map();
    }

    private static Map<String, Object> model(ModelConfig model) {
        Shown quality = new Shown();
        model.model().qualityUsd().forEach((useCase, usd) -> quality.put(useCase.name(), usd));
        return new Shown()
                .put(ModelSection.ID, model.model().id().value())
                .put(ModelSection.TIER, model.model().tier().id())
                .put(ModelSection.USE_CASES, model.model().useCases(), useCase -> useCase.name())
                .put(ModelSection.CAPABILITIES, ModelSection.named(model.model().capabilities()))
                .put(ModelSection.STREAMING, ModelSection.streams(model.model()))
                .put(ModelSection.CONTEXT_WINDOW, model.model().contextWindow())
                .put(ModelSection.MAX_OUTPUT_TOKENS, model.model().maxOutputTokens())
                .put(ModelSection.DIMENSIONS, model.model().dimensions())
                .put(ModelSection.QUALITY, quality.map())
                .put(ModelSection.REPLICAS, model.replicas(), RedactedConfig::replica)
                .map();
    }

    private static Map<String, Object> replica(ReplicaConfig replica) {
        return new Shown()
                .put(ReplicaSection.PROVIDER, replica.provider().value())
                .put(ReplicaSection.UPSTREAM_MODEL, replica.upstreamModel())
                .put(ReplicaSection.ID, replica.id())
                .put(ReplicaSection.PRICE, RedactedSettings.price(replica.price()))
                .put(ReplicaSection.WEIGHT, replica.weight())
                .put(ReplicaSection.PRIORITY, replica.priority())
                .put(ReplicaSection.PHASE, replica.phase().id())
                .put(ReplicaSection.TAGS, replica.tags())
                .put(ReplicaSection.REGION, replica.region())
                .put(ReplicaSection.CONCURRENCY, replica.concurrency())
                .put(ReplicaSection.QUOTA_DOMAIN, replica.quotaDomain())
                .put(ReplicaSection.TIMEOUTS, RedactedSettings.timeouts(replica.timeouts()))
                .put(ReplicaSection.CIRCUIT, RedactedSettings.circuit(replica.circuit()))
                .put(ReplicaSection.RETRY, RedactedSettings.retry(replica.retry()))
                .put(ReplicaSection.DEFAULTS, DefaultsSection.shown(replica.defaults()))
                .map();
    }

    private static Map<String, Object> routes(List<RouteConfig> routes) {
        Shown shown = new Shown();
        for (RouteConfig route : routes) {
            shown.put(
                    route.name(),
                    new Shown()
                            .put(RouteSection.TARGETS, targets(route))
                            .put(
                                    RouteSection.STRATEGY,
                                    route.strategy() == null
                                            ? null
                                            : route.strategy().id())
                            .put(RouteSection.LATENCY_VALUE, route.latencyValueUsdPerSecond())
                            .put(RouteSection.TIMEOUTS, RedactedSettings.timeouts(route.timeouts()))
                            .put(RouteSection.SPILLOVER, route.spillover())
                            .map());
        }
        return shown.map();
    }

    private static List<?> targets(RouteConfig route) {
        if (route.weights().isEmpty()) {
            return route.targets();
        }
        List<Map<String, Object>> weighted = new ArrayList<>();
        for (int i = 0; i < route.targets().size(); i++) {
            weighted.add(new Shown()
                    .put(RouteSection.TARGET_TO, route.targets().get(i))
                    .put(RouteSection.WEIGHT, route.weights().get(i))
                    .map());
        }
        return weighted;
    }
}
