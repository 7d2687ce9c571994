package dev.tierway.bootstrap.config;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.bootstrap.config.KnownVendors.Model;
import dev.tierway.bootstrap.config.KnownVendors.Vendor;
import dev.tierway.bootstrap.discovery.FoundServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration for somebody who has none: the vendors whose keys are in the environment, with a few of their models,
 * and the servers that were found on this machine.
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
        return from(environment, List.of());
    }

    /**
     * Empty if there is no vendor's key and no server with a model of which enough is known.
     *
     * @throws InvalidConfigException if a key can't be used
     */
    public static Optional<GatewayConfig> from(Map<String, String> environment, List<FoundServer> servers) {
        Optional<String> text = yaml(environment, servers);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        ConfigLoader.Loaded loaded =
                ConfigLoader.read(new Source("environment", text.get(), false, Path.of(""), null), environment);
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new InvalidConfigException(loaded.problems());
        }
        return Optional.of(config);
    }

    /** What people must know of the servers found. */
    public static List<String> remarks(List<FoundServer> servers) {
        return new LocalModels(servers, Set.of()).remarks();
    }

    /** The configuration as a file would hold it, with placeholders for the keys. */
    public static Optional<String> yaml(Map<String, String> environment) {
        return yaml(environment, List.of());
    }

    /** The same with the servers found. */
    public static Optional<String> yaml(Map<String, String> environment, List<FoundServer> servers) {
        List<Vendor> vendors = KnownVendors.ALL.stream()
                .filter(vendor -> isSet(environment, keyOf(vendor, environment)))
                .toList();
        if (vendors.isEmpty() && servers.isEmpty()) {
            return Optional.empty();
        }
        List<Model> models = KnownVendors.models(vendors);
        LocalModels local =
                new LocalModels(servers, models.stream().map(Model::id).collect(Collectors.toUnmodifiableSet()));
        StringBuilder yaml = new StringBuilder("providers:\n");
        vendors.forEach(vendor -> yaml.append(provider(vendor, environment)));
        yaml.append(local.providers());
        StringBuilder listed = new StringBuilder();
        models.forEach(model -> listed.append(model(model, vendors, environment)));
        listed.append(local.models());
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        yaml.append("models:\n").append(listed);
        String tier = defaultTier(models, local);
        if (tier != null) {
            yaml.append("routes:\n  default: tier:").append(tier).append("/chat\n");
        }
        return Optional.of(yaml.toString());
    }

    private static String provider(Vendor vendor, Map<String, String> environment) {
        String url = isSet(environment, vendor.urlVariable()) ? "${" + vendor.urlVariable() + "}" : vendor.url();
        return "  - id: " + vendor.id()
                + "\n    kind: " + vendor.kind().id()
                + "\n    base-url: " + url
                + "\n    api-key: ${" + keyOf(vendor, environment) + "}\n"
                + (KnownVendors.hasModels(vendor) ? "" : "    passthrough: true\n");
    }

    private static String keyOf(Vendor vendor, Map<String, String> environment) {
        return isSet(environment, vendor.key()) ? vendor.key() : vendor.otherKey();
    }

    private static String model(Model model, List<Vendor> vendors, Map<String, String> environment) {
        KnownModel facts = known(model);
        StringBuilder yaml = new StringBuilder("  - id: " + model.id() + "\n");
        facts.facts()
                .forEach((key, value) -> yaml.append("    ")
                        .append(key)
                        .append(": ")
                        .append(FlowText.of(value))
                        .append('\n'));
        yaml.append("    replicas:\n");
        for (Vendor vendor : vendors) {
            String name = model.names().get(vendor.id());
            if (name != null) {
                yaml.append("      - { provider: ").append(vendor.id());
                yaml.append(", upstream-model: ")
                        .append(name)
                        .append(price(facts, vendor, environment))
                        .append(" }\n");
            }
        }
        return yaml.toString();
    }

    /** At another address, or beyond a day that is known, the vendor's price may not hold: then it is unknown. */
    private static String price(KnownModel model, Vendor vendor, Map<String, String> environment) {
        KnownModel.Offer offer = model.by(vendor.id());
        if (offer == null
                || offer.price() == null
                || offer.until() != null
                || isSet(environment, vendor.urlVariable())) {
            return "";
        }
        PlacedNodes place = PlacedNodes.at(offer.price());
        return ", price: " + FlowText.of(PlacedNodes.with(offer.price(), "list", place.text(offer.list())));
    }

    private static KnownModel known(Model model) {
        return Objects.requireNonNull(ShippedCatalogue.get().get(model.id()), model.id());
    }

    /** Mid, if anybody serves it; null if nobody serves any. */
    private static @Nullable String defaultTier(List<Model> models, LocalModels local) {
        List<String> tiers = new ArrayList<>();
        local.tiers().forEach(tier -> tiers.add(tier.id()));
        models.forEach(model -> tiers.add(
                FlowText.of(Objects.requireNonNull(known(model).facts().get("tier")))));
        return tiers.contains("mid") ? "mid" : tiers.isEmpty() ? null : tiers.getLast();
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }
}
