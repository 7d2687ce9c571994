package dev.tierway.bootstrap.config;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.bootstrap.config.KnownVendors.Model;
import dev.tierway.bootstrap.config.KnownVendors.Vendor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        models.forEach(model -> yaml.append(model(model, vendors, environment)));
        yaml.append("routes:\n  default: tier:").append(defaultTier(models)).append("/chat\n");
        return Optional.of(yaml.toString());
    }

    private static String provider(Vendor vendor, Map<String, String> environment) {
        String url = isSet(environment, vendor.urlVariable()) ? "${" + vendor.urlVariable() + "}" : vendor.url();
        return "  - id: " + vendor.id()
                + "\n    kind: " + vendor.kind().id()
                + "\n    base-url: " + url
                + "\n    api-key: ${" + vendor.key() + "}\n"
                + (KnownVendors.hasModels(vendor) ? "" : "    passthrough: true\n");
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

    /** Mid, if anybody serves it. */
    private static String defaultTier(List<Model> models) {
        List<String> tiers = models.stream()
                .map(model -> Objects.requireNonNull(known(model).facts().get("tier")))
                .map(FlowText::of)
                .toList();
        return tiers.contains("mid") ? "mid" : tiers.getLast();
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }
}
