package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.discovery.FoundModel;
import dev.tierway.bootstrap.discovery.FoundServer;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Writes servers found on this machine as a configuration would hold them. */
final class LocalModels {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}";

    private final Map<String, FoundServer> servers = new LinkedHashMap<>();

    /** Names of models that are something else already. */
    private final Set<String> taken;

    LocalModels(List<FoundServer> found, Set<String> taken) {
        this.taken = Set.copyOf(taken);
        for (FoundServer server : found) {
            boolean second = servers.containsKey(server.kind());
            servers.put(second ? server.kind() + "-" + server.baseUrl().getPort() : server.kind(), server);
        }
    }

    String providers() {
        StringBuilder yaml = new StringBuilder();
        servers.forEach((id, server) -> yaml.append("  - id: ")
                .append(id)
                .append("\n    kind: ")
                .append(server.kind())
                .append("\n    base-url: ")
                .append(server.baseUrl())
                .append("\n    local: true\n    passthrough: true\n"));
        return yaml.toString();
    }

    /** Those whose tier is known; others are asked for by name only. */
    String models() {
        Map<String, FoundModel> facts = new LinkedHashMap<>();
        Map<String, List<String>> replicas = new LinkedHashMap<>();
        servers.forEach((id, server) -> {
            for (FoundModel model : server.models()) {
                if (routed(model)) {
                    facts.putIfAbsent(model.name(), model);
                    replicas.computeIfAbsent(model.name(), name -> new ArrayList<>())
                            .add(id);
                }
            }
        });
        StringBuilder yaml = new StringBuilder();
        facts.forEach((name, model) -> yaml.append(model(model, replicas.getOrDefault(name, List.of()))));
        return yaml.toString();
    }

    /** Tiers of the models that answer chats, each once. */
    Set<ModelTier> tiers() {
        Set<ModelTier> tiers = EnumSet.noneOf(ModelTier.class);
        for (FoundServer server : servers.values()) {
            for (FoundModel model : server.models()) {
                ModelTier tier = model.tier();
                if (tier != null && routed(model) && !model.embeds()) {
                    tiers.add(tier);
                }
            }
        }
        return tiers;
    }

    /** What people must be told: models that no tier is served by until somebody says which is theirs. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        servers.forEach((id, server) -> {
            StringJoiner unknown = new StringJoiner(", ");
            for (FoundModel model : server.models()) {
                if (!routed(model)) {
                    unknown.add(id + "/" + model.name());
                }
            }
            if (unknown.length() > 0) {
                remarks.add("how large these are is unknown, so no tier has them and they are asked for by name only: "
                        + unknown + "; which tier are they? Say so under models in a configuration");
            }
        });
        return remarks;
    }

    private boolean routed(FoundModel model) {
        return model.tier() != null && model.name().matches(NAME) && !taken.contains(model.name());
    }

    private static String model(FoundModel model, List<String> providers) {
        StringBuilder yaml = new StringBuilder("  - id: \"" + model.name() + "\"\n");
        ModelTier tier = model.tier();
        yaml.append("    tier: ").append(tier == null ? "" : tier.id());
        yaml.append("\n    use-cases: [").append(String.join(", ", useCases(model)));
        yaml.append("]\n    capabilities: [");
        StringJoiner capabilities = new StringJoiner(", ");
        for (Capability capability : model.capabilities()) {
            capabilities.add(capability.id());
        }
        yaml.append(capabilities).append("]\n");
        if (model.contextWindow() != null) {
            yaml.append("    context-window: ").append(model.contextWindow()).append('\n');
        }
        yaml.append("    replicas:\n");
        providers.forEach(
                provider -> yaml.append("      - { provider: ").append(provider).append(" }\n"));
        return yaml.toString();
    }

    private static List<String> useCases(FoundModel model) {
        if (model.embeds()) {
            return List.of("embed");
        }
        List<String> useCases = new ArrayList<>(List.of("chat"));
        if (model.name().toLowerCase(Locale.ROOT).contains("code")) {
            useCases.add("code");
        }
        if (model.capabilities().contains(Capability.REASONING)) {
            useCases.add("reasoning");
        }
        if (model.capabilities().contains(Capability.VISION)) {
            useCases.add("vision");
        }
        return useCases;
    }
}
