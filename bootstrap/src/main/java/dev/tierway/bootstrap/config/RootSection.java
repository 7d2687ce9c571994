package dev.tierway.bootstrap.config;

import dev.tierway.AgentsConfig;
import dev.tierway.AuthConfig;
import dev.tierway.CatalogueConfig;
import dev.tierway.EventsConfig;
import dev.tierway.GatewayConfig;
import dev.tierway.IdempotencyConfig;
import dev.tierway.McpServerConfig;
import dev.tierway.ModelConfig;
import dev.tierway.PluginConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.QuotaDomainConfig;
import dev.tierway.RouteConfig;
import dev.tierway.RoutingConfig;
import dev.tierway.ServerConfig;
import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.redis.RedisQuotaStore;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.rules.Rule;
import dev.tierway.domain.quota.Limit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The whole file. */
final class RootSection {
    static final Key<List<ProviderConfig>> PROVIDERS = Key.required(
            "providers",
            new ListShape<>(ProviderSection.SECTION, "a list of providers", 1),
            "Accounts at vendors and local servers.");
    static final Key<List<QuotaDomainConfig>> QUOTA_DOMAINS = Key.optional(
            "quota-domains",
            new ListShape<>(QuotaSection.DOMAIN, "a list of quota domains", 0),
            "Limits that several providers or replicas share.");
    static final Key<List<ModelConfig>> MODELS = Key.required(
                    "models", new ListShape<>(ModelSection.SECTION, "a list of models", 1), "What callers can ask for.")
            .orFromCatalogue();
    static final Key<CatalogueConfig> CATALOGUE = Key.optional(
            "catalogue", CatalogueSection.SECTION, "What the catalogue of models and prices holds beside what ships.");
    static final Key<Map<String, RouteConfig>> ROUTES = Key.optional(
            "routes",
            new MapShape<>(RouteName.SHAPE, RouteSection.SHAPE, "a set of routes by name"),
            "Names clients send as `model`: whole, or a prefix and `*`. `default` is what model `auto` means.");
    static final Key<List<Rule>> RULES = Key.optional(
            "rules",
            new ListShape<>(RuleSection.SECTION, "a list of rules", 0),
            "What is decided about calls by what they are; the first that holds applies.");
    static final Key<RoutingConfig> ROUTING =
            Key.optional("routing", RoutingSection.SECTION, "How replicas are chosen.");
    static final Key<StorageConfig> STORAGE = Key.optional("storage", StorageSection.SECTION, "Where state lives.");
    static final Key<LimitRules> BUDGETS = Key.optional("budgets", BudgetsSection.SECTION, "Who may use how much.");
    static final Key<ServerConfig> SERVER = Key.optional("server", ServerSection.SECTION, "Where the gateway listens.");
    static final Key<OverloadSettings> OVERLOAD =
            Key.optional("overload", OverloadSection.SECTION, "How much one instance takes on.");
    static final Key<IdempotencyConfig> IDEMPOTENCY =
            Key.optional("idempotency", IdempotencySection.SECTION, "Replies of calls with an idempotency key.");
    static final Key<ObservabilitySection.Observability> OBSERVABILITY =
            Key.optional("observability", ObservabilitySection.SECTION, "What is told to whoever watches.");
    static final Key<AuthConfig> AUTH = Key.optional("auth", AuthSection.SECTION, "Who may call.");

    static final Key<List<PluginConfig>> PLUGINS = Key.optional(
            "plugins",
            new ListShape<>(PluginSection.SHAPE, "a list of plugins", 0),
            "Who looks at calls and may change, deny or answer them, in this order.");
    static final Key<EventsConfig> EVENTS = Key.optional("events", EventsSection.SECTION, "Who is told what happens.");
    static final Key<AgentsConfig> AGENTS =
            Key.optional("agents", AgentsSection.SECTION, "What agents may do, and what is kept of their work.");
    static final Key<List<McpServerConfig>> TOOLS =
            Key.optional("tools", ToolsSection.SECTION, "Where conversations' tools come from.");

    static final Section<GatewayConfig> SECTION = Section.of(
            "configuration",
            "The whole file.",
            List.of(
                    PROVIDERS,
                    QUOTA_DOMAINS,
                    CATALOGUE,
                    MODELS,
                    ROUTES,
                    RULES,
                    ROUTING,
                    STORAGE,
                    BUDGETS,
                    SERVER,
                    OVERLOAD,
                    IDEMPOTENCY,
                    OBSERVABILITY,
                    AUTH,
                    AGENTS,
                    TOOLS,
                    PLUGINS,
                    EVENTS),
            RootSection::config);

    private RootSection() {}

    private static GatewayConfig config(Values v) {
        List<RouteConfig> routes = new ArrayList<>();
        v.get(ROUTES, Map.of()).forEach((name, route) -> routes.add(RouteSection.withName(name, route)));
        StorageConfig storage = v.get(STORAGE, StorageConfig.IN_MEMORY);
        List<PluginConfig> plugins = v.get(PLUGINS, List.of());
        requireDistinct(v, plugins);
        LimitRules budgets = withLimits(v, v.get(BUDGETS, LimitRules.NONE), plugins);
        if (storage.quota() == StorageConfig.Quota.REDIS) {
            requireCountable(v, budgets);
        }
        return new GatewayConfig(
                v.value(PROVIDERS),
                v.get(QUOTA_DOMAINS, List.of()),
                v.get(CATALOGUE, CatalogueConfig.SHIPPED),
                v.value(MODELS),
                routes,
                v.get(RULES, List.of()),
                v.get(ROUTING, RoutingConfig.DEFAULTS),
                storage,
                budgets,
                v.get(SERVER, ServerConfig.DEFAULTS),
                v.get(OVERLOAD, OverloadSettings.DEFAULTS),
                v.get(IDEMPOTENCY, IdempotencyConfig.DEFAULTS),
                v.get(OBSERVABILITY, ObservabilitySection.NONE).traces(),
                v.get(AUTH, AuthConfig.OPEN),
                v.get(AGENTS, AgentsConfig.DEFAULTS),
                v.get(TOOLS, List.of()),
                plugins.stream()
                        .filter(plugin -> !(plugin.settings() instanceof PluginConfig.Limit))
                        .toList(),
                v.get(EVENTS, EventsConfig.NONE),
                List.of(),
                null);
    }

    private static void requireDistinct(Values v, List<PluginConfig> plugins) {
        Set<String> ids = new HashSet<>();
        for (PluginConfig plugin : plugins) {
            boolean limit = plugin.settings() instanceof PluginConfig.Limit;
            if (!limit && !ids.add(plugin.id())) {
                v.error(PLUGINS, "two plugins have the id '" + plugin.id() + "'", "give one of them an id of its own");
            }
        }
    }

    /** Limits written as plugins are counted with the others. */
    private static LimitRules withLimits(Values v, LimitRules budgets, List<PluginConfig> plugins) {
        List<LimitRule> rules = new ArrayList<>(budgets.rules());
        for (PluginConfig plugin : plugins) {
            if (plugin.enabled() && plugin.settings() instanceof PluginConfig.Limit(LimitRule rule)) {
                if (rules.stream().anyMatch(one -> one.id().equals(rule.id()))) {
                    v.error(
                            PLUGINS,
                            "two limits have the id '" + rule.id() + "'",
                            "usage is kept by id: rename one, here or under budgets");
                }
                rules.add(rule);
            }
        }
        return rules.size() == budgets.rules().size()
                ? budgets
                : new LimitRules(rules, budgets.zone(), budgets.warnAt());
    }

    private static void requireCountable(Values v, LimitRules budgets) {
        for (LimitRule rule : budgets.rules()) {
            for (Limit limit : rule.limits()) {
                if (limit.amount() > RedisQuotaStore.MOST_AMOUNT) {
                    v.error(
                            BUDGETS,
                            "budget '" + rule.id() + "' is more than the quota store 'redis' counts exactly",
                            "write at most 9007199 usd, or use another store");
                }
            }
        }
    }
}
