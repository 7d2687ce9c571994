package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.application.service.Changeover;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Puts a whole configuration in force, or nothing of it. For one thread at a time. */
public final class ConfigSwap {
    private final ReplicaRegistry registry;
    private final List<Reloadable> parts;
    private final Changeover changeover;

    public ConfigSwap(ReplicaRegistry registry, List<Reloadable> parts, Changeover changeover) {
        this.registry = registry;
        this.parts = List.copyOf(parts);
        this.changeover = changeover;
    }

    long generation() {
        return registry.generation();
    }

    /**
     * Prepares every part, then changes all of them at one moment.
     *
     * @param number asked once everything is prepared
     * @throws InvalidConfigException with the reasons of every part; nothing has changed then
     */
    Numbered to(GatewayConfig now, GatewayConfig next, Supplier<Numbered> number) {
        List<Reloadable.Change> prepared = new ArrayList<>();
        Catalogue catalogue;
        Numbered numbered;
        try {
            catalogue = prepare(now, next, prepared);
            numbered = number.get();
        } catch (RuntimeException refused) {
            prepared.forEach(Reloadable.Change::discard);
            throw refused;
        }
        changeover.change(() -> {
            registry.swap(catalogue, numbered.generation());
            prepared.forEach(Reloadable.Change::commit);
        });
        prepared.forEach(Reloadable.Change::afterwards);
        return numbered;
    }

    private Catalogue prepare(GatewayConfig now, GatewayConfig next, List<Reloadable.Change> prepared) {
        List<ConfigProblem> problems = new ArrayList<>();
        Catalogue catalogue = Catalogue.EMPTY;
        try {
            catalogue = next.catalogue();
        } catch (IllegalArgumentException unfit) {
            problems.add(problem(unfit));
        }
        for (Reloadable part : parts) {
            prepare(part, now, next, prepared, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return catalogue;
    }

    private static void prepare(
            Reloadable part,
            GatewayConfig now,
            GatewayConfig next,
            List<Reloadable.Change> prepared,
            List<ConfigProblem> problems) {
        try {
            prepared.add(part.prepare(now, next));
        } catch (InvalidConfigException refused) {
            problems.addAll(refused.problems());
        } catch (IllegalArgumentException unfit) {
            problems.add(problem(unfit));
        }
    }

    private static ConfigProblem problem(IllegalArgumentException unfit) {
        return new ConfigProblem(
                ConfigProblem.Severity.ERROR,
                "the new configuration",
                0,
                0,
                "",
                String.valueOf(unfit.getMessage()),
                null);
    }
}
