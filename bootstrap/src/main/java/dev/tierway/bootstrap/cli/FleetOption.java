package dev.tierway.bootstrap.cli;

import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.cli.simulate.WhatIfConfig;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.simulation.Experiment;
import dev.tierway.simulation.Experiments;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whose fleet is simulated: the built-in one, or a configuration's. */
final class FleetOption {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Simulate that configuration's fleet and policy instead of the built-in ones")
    @Nullable
    Path config;

    @Option(
            names = "--tier",
            paramLabel = "T",
            converter = AddressOption.TierConverter.class,
            description = "With --config: which tier the calls ask for; default: that of its first model")
    @Nullable
    ModelTier tier;

    @Option(
            names = "--use-case",
            paramLabel = "U",
            converter = AddressOption.UseCaseConverter.class,
            description = "With --config: the calls' use case; default: the first of the tier's first model")
    @Nullable
    UseCase useCase;

    /** As reports name it; null: the built-in one. */
    @Nullable
    String name() {
        return config == null ? null : config.toString();
    }

    Experiment experiment(Session session) {
        if (config == null) {
            if (tier != null || useCase != null) {
                throw Misuse.of(command, "--tier and --use-case belong to --config: the built-in fleet has one tier");
            }
            return Experiments.standard();
        }
        WhatIfConfig loaded =
                WhatIfConfig.load(session.world().path(config), session.world().environment());
        if (!loaded.unset().isEmpty()) {
            session.remark("tierway: not set, which matters here only if the fleet depends on it: "
                    + String.join(", ", loaded.unset()));
        }
        return whatIf(loaded.config(), session);
    }

    private Experiment whatIf(GatewayConfig loaded, Session session) {
        Catalogue catalogue = loaded.catalogue();
        ModelTier wanted = tier;
        LogicalModel first = catalogue.models().stream()
                .filter(model -> wanted == null || model.tier() == wanted)
                .findFirst()
                .orElse(null);
        if (first == null) {
            throw Misuse.of(command, config + " has no model" + (wanted == null ? "" : " of tier " + wanted.id()));
        }
        UseCase asked = useCase == null ? first.useCases().getFirst() : useCase;
        int replicas = catalogue.replicasServing(first.tier(), asked).size();
        if (replicas == 0) {
            throw Misuse.of(
                    command, "no model of tier " + first.tier().id() + " in " + config + " serves " + asked.name());
        }
        session.remark("tierway: calls ask for tier:" + first.tier().id() + "/" + asked.name() + ", which " + replicas
                + (replicas == 1 ? " replica serves" : " replicas serve"));
        return Experiments.of(catalogue, loaded.policy(), first.tier(), asked, Map.of());
    }
}
