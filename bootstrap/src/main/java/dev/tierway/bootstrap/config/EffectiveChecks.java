package dev.tierway.bootstrap.config;

import dev.tierway.GatewayConfig;
import dev.tierway.ModelConfig;
import java.util.List;

/** Whether settings of several levels fit together once they lie over one another. Needs a file without other errors. */
final class EffectiveChecks {
    private EffectiveChecks() {}

    static void run(Node.Mapping root, GatewayConfig config, Problems problems) {
        CatalogueBuilder builder = new CatalogueBuilder(config);
        List<Node.Mapping> models = root.items("models");
        for (int i = 0; i < models.size(); i++) {
            ModelConfig model = config.models().get(i);
            List<Node.Mapping> replicas = models.get(i).items("replicas");
            for (int j = 0; j < replicas.size(); j++) {
                try {
                    builder.replica(model.model().id(), model.replicas().get(j));
                } catch (IllegalArgumentException e) {
                    problems.error(
                            replicas.get(j),
                            "settings don't fit together: " + e.getMessage(),
                            "look at circuit here, on the provider and in routing");
                }
            }
        }
    }
}
