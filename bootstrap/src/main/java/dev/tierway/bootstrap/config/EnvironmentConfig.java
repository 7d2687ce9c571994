package dev.tierway.bootstrap.config;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.bootstrap.config.KnownVendors.Model;
import dev.tierway.bootstrap.config.KnownVendors.Vendor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration for somebody who has none: the vendors whose keys are in the environment, with a few of their models.
 * Written as YAML and read like any other, so that it is checked the same and can be shown.
 */
public final class EnvironmentConfig {
    private EnvironmentConfig() {}

    /**
     * Empty if no vendor's key is set.
     *
     * @throws InvalidConfigException if a key can't be used
     */
    public static Optional<GatewayConfig> from(Map<String, String> environment) {
        Optional<String> text = yaml(environment);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        ConfigLoader.Loaded loaded =
                ConfigLoader.read(new Source("environment", text.get(), false, Path.of("")), environment);
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new InvalidConfigException(loaded.problems());
        }
        return Optional.of(config);
    }

    /** The configuration as a file would hold it, with placeholders for the keys. */
    public static Optional<String> yaml(Map<String, String> environment) {
        List<Vendor> vendors = KnownVendors.ALL.stream()
                .filter(vendor -> isSet(environment, vendor.key()))
                .toList();
        if (vendors.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder yaml = new StringBuilder("providers:\n");
        vendors.forEach(vendor -> yaml.append(provider(vendor, environment)));
        yaml.append("models:\n");
        List<Model> models = KnownVendors.MODELS.stream()
                .filter(model ->
                        vendors.stream().anyMatch(vendor -> model.names().containsKey(vendor.id())))
                .toList();
        models.forEach(model -> yaml.append(model(model, vendors)));
        yaml.append("routes:\n  default: tier:").append(defaultTier(models)).append("/chat\n");
        return Optional.of(yaml.toString());
    }

    private static String provider(Vendor vendor, Map<String, String> environment) {
        String url = isSet(environment, vendor.urlVariable()) ? "${" + vendor.urlVariable() + "}" : vendor.url();
        return "  - id: " + vendor.id()
                + "\n    kind: " + vendor.kind().id()
                + "\n    base-url: " + url
                + "\n    api-key: ${" + vendor.key() + "}\n";
    }

    private static String model(Model model, List<Vendor> vendors) {
        StringBuilder yaml = new StringBuilder(
                "  - id: " + model.id() + "\n    tier: " + model.tier().id() + "\n    use-cases: " + model.useCases()
                        + "\n    capabilities: " + model.capabilities() + "\n");
        yaml.append(known("context-window", model.contextWindow()));
        yaml.append(known("max-output-tokens", model.maxOutputTokens()));
        yaml.append("    replicas:\n");
        for (Vendor vendor : vendors) {
            String name = model.names().get(vendor.id());
            if (name != null) {
                yaml.append("      - { provider: ").append(vendor.id());
                yaml.append(", upstream-model: ").append(name).append(" }\n");
            }
        }
        return yaml.toString();
    }

    private static String known(String key, int tokens) {
        return tokens == 0 ? "" : "    " + key + ": " + tokens + "\n";
    }

    /** Mid, if anybody serves it. */
    private static String defaultTier(List<Model> models) {
        List<String> tiers = models.stream().map(model -> model.tier().id()).toList();
        return tiers.contains("mid") ? "mid" : tiers.getLast();
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }
}
