package dev.tierway.bootstrap.cli;

import dev.tierway.GatewayConfig;
import dev.tierway.StorageConfig;
import dev.tierway.Tierway;
import dev.tierway.bootstrap.cli.conformance.Check;
import dev.tierway.bootstrap.cli.conformance.ConformanceKit;
import dev.tierway.bootstrap.cli.conformance.Finding;
import dev.tierway.domain.catalogue.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tierway conformance}. */
@Command(
        name = "conformance",
        description = {
            "Check replicas by a fixed set of small real calls, which may be billed.",
            "Texts, streams, usage, long input, JSON, tools, errors, cancellation, embeddings: what a model doesn't"
                    + " claim is not applicable."
        })
final class Conformance implements Callable<Integer> {
    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ConfigOption config = new ConfigOption();

    @Option(names = "--replica", paramLabel = "ID", description = "Only that replica; default: every one configured")
    @Nullable
    String replica;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            defaultValue = "60s",
            description = "The time each case has, e.g. 500ms or 2m; default: 60s")
    Duration timeout = Duration.ofSeconds(60);

    Conformance(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (timeout.isZero()) {
            throw Misuse.of(spec, "--timeout must be more than 0");
        }
        // Not the keys in the environment: whoever has one doesn't ask for a bill from every model of that vendor.
        Path file = config.file(session.world())
                .orElseThrow(
                        () -> new CommandFailure("There is nothing to check: no --config, no TIERWAY_CONFIG, and no"
                                + " ./tierway.yaml. `tierway init` writes one."));
        GatewayConfig loaded = GatewayConfig.load(file, session.world().environment());
        List<Replica> chosen = chosen(loaded.catalogue().replicas());
        session.remark("tierway: " + chosen.size() + (chosen.size() == 1 ? " replica gets" : " replicas get")
                + " up to " + Check.ALL.size()
                + " cases each. These are real calls, with small answers: providers may bill them.");
        List<Finding> findings = new ArrayList<>();
        // Nothing is kept, and nobody else's limits are used up: the stores are in memory.
        GatewayConfig alone = loaded.withStorage(StorageConfig.IN_MEMORY);
        try (ConformanceKit kit =
                new ConformanceKit(() -> Tierway.builder().config(alone).build(), timeout)) {
            for (Replica one : chosen) {
                session.remark("tierway: checking " + one.id());
                findings.addAll(kit.run(one));
            }
        }
        session.show(ConformanceText.document(findings), () -> ConformanceText.of(findings));
        return findings.stream().anyMatch(Finding::failed) ? 1 : 0;
    }

    private List<Replica> chosen(Collection<Replica> replicas) {
        List<Replica> chosen = replicas.stream()
                .filter(one -> replica == null || one.id().value().equals(replica))
                .toList();
        if (chosen.isEmpty()) {
            throw new CommandFailure(
                    replicas.isEmpty()
                            ? "The configuration has no replicas to check: list models, each with its replicas."
                            : "There is no replica '" + replica + "'; there are "
                                    + replicas.stream()
                                            .map(one -> one.id().value())
                                            .collect(Collectors.joining(", "))
                                    + ".");
        }
        return chosen;
    }
}
