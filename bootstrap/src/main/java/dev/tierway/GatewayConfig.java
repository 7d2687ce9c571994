package dev.tierway;

import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.rules.Rule;
import dev.tierway.bootstrap.config.CatalogueBuilder;
import dev.tierway.bootstrap.config.ConfigLoader;
import dev.tierway.bootstrap.config.EnvironmentConfig;
import dev.tierway.bootstrap.config.RedactedConfig;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, checked. Immutable.
 *
 * @param catalogueSource what {@code models: catalogue} was written out from
 * @param traces where they go; null: nowhere
 * @param mcpServers whose tools conversations may use
 * @param warnings what is doubtful in it
 * @param text it was read from; null: it was made in Java
 */
public record GatewayConfig(
        List<ProviderConfig> providers,
        List<QuotaDomainConfig> quotaDomains,
        CatalogueConfig catalogueSource,
        List<ModelConfig> models,
        List<RouteConfig> routes,
        List<Rule> rules,
        RoutingConfig routing,
        StorageConfig storage,
        LimitRules budgets,
        ServerConfig server,
        OverloadSettings overload,
        IdempotencyConfig idempotency,
        @Nullable TracesConfig traces,
        AuthConfig auth,
        AgentsConfig agents,
        List<McpServerConfig> mcpServers,
        List<PluginConfig> plugins,
        EventsConfig events,
        List<ConfigProblem> warnings,
        @Nullable ConfigText text) {
    public GatewayConfig {
        providers = List.copyOf(providers);
        quotaDomains = List.copyOf(quotaDomains);
        models = List.copyOf(models);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        plugins = List.copyOf(plugins);
        mcpServers = List.copyOf(mcpServers);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a YAML or JSON file; placeholders are filled from the process's environment.
     *
     * @throws InvalidConfigException listing every problem of the file
     */
    public static GatewayConfig load(Path file) {
        return load(file, System.getenv());
    }

    /**
     * Reads a YAML or JSON file.
     *
     * @param environment what <code>${NAME}</code> stands for
     * @throws InvalidConfigException listing every problem of the file
     */
    public static GatewayConfig load(Path file, Map<String, String> environment) {
        return required(ConfigLoader.load(file, environment));
    }

    /**
     * Reads YAML or JSON text.
     *
     * @throws InvalidConfigException listing every problem of the text
     */
    public static GatewayConfig parse(String text, Map<String, String> environment) {
        return required(ConfigLoader.parse(text, environment));
    }

    /** Everything wrong or doubtful in a file, in its order; nothing is thrown, whatever the file holds. */
    public static List<ConfigProblem> validate(Path file) {
        return validate(file, System.getenv());
    }

    /** Everything wrong or doubtful in a file, in its order. */
    public static List<ConfigProblem> validate(Path file, Map<String, String> environment) {
        return ConfigLoader.load(file, environment).problems();
    }

    /** Everything wrong or doubtful in a text, in its order. */
    public static List<ConfigProblem> validate(String text, Map<String, String> environment) {
        return ConfigLoader.parse(text, environment).problems();
    }

    /**
     * A configuration from vendors' keys in the environment; empty if there are none.
     *
     * @throws InvalidConfigException if a key that is there can't be used
     */
    public static Optional<GatewayConfig> fromEnvironment(Map<String, String> environment) {
        return EnvironmentConfig.from(environment);
    }

    private static GatewayConfig required(ConfigLoader.Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new InvalidConfigException(loaded.problems());
        }
        return config;
    }

    /** What routing works on. */
    public Catalogue catalogue() {
        return new CatalogueBuilder(this).build();
    }

    /** @throws IllegalArgumentException if its strategy isn't built in */
    public RoutingPolicy policy() {
        return routing.policy(Strategies.BUILT_IN);
    }

    /** The configuration in force under the file's key names, for people: secrets are absent, not masked. */
    public Map<String, Object> toRedactedMap() {
        return RedactedConfig.of(this);
    }

    /** The same with these warnings. */
    public GatewayConfig withWarnings(List<ConfigProblem> found) {
        return new GatewayConfig(
                providers,
                quotaDomains,
                catalogueSource,
                models,
                routes,
                rules,
                routing,
                storage,
                budgets,
                server,
                overload,
                idempotency,
                traces,
                auth,
                agents,
                mcpServers,
                plugins,
                events,
                found,
                text);
    }

    /**
     * The same, read from this text.
     *
     * @param read null: from none
     */
    public GatewayConfig withText(@Nullable ConfigText read) {
        return new GatewayConfig(
                providers,
                quotaDomains,
                catalogueSource,
                models,
                routes,
                rules,
                routing,
                storage,
                budgets,
                server,
                overload,
                idempotency,
                traces,
                auth,
                agents,
                mcpServers,
                plugins,
                events,
                warnings,
                read);
    }

    /** The same with this server. */
    public GatewayConfig withServer(ServerConfig other) {
        return new GatewayConfig(
                providers,
                quotaDomains,
                catalogueSource,
                models,
                routes,
                rules,
                routing,
                storage,
                budgets,
                other,
                overload,
                idempotency,
                traces,
                auth,
                agents,
                mcpServers,
                plugins,
                events,
                warnings,
                text);
    }

    /** The same with these stores. */
    public GatewayConfig withStorage(StorageConfig other) {
        return new GatewayConfig(
                providers,
                quotaDomains,
                catalogueSource,
                models,
                routes,
                rules,
                routing,
                other,
                budgets,
                server,
                overload,
                idempotency,
                traces,
                auth,
                agents,
                mcpServers,
                plugins,
                events,
                warnings,
                text);
    }
}
