package dev.tierway.bootstrap.cli;

import dev.tierway.simulation.trace.Generated;
import dev.tierway.simulation.trace.GeneratedShape;
import dev.tierway.simulation.trace.Recorded;
import dev.tierway.simulation.trace.TraceReader;
import dev.tierway.simulation.trace.Traffic;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --trace}: which calls are simulated. */
final class TrafficOption {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            defaultValue = GeneratedShape.POISSON,
            description =
                    "The calls: a recorded trace (Azure's CSV, Mooncake's JSONL); or generated traffic: poisson or"
                            + " bursty, with parameters behind a colon: bursty:rate=8,burst=10; default: poisson")
    String trace = GeneratedShape.POISSON;

    Traffic traffic(Surroundings world) {
        if (!GeneratedShape.isOne(trace)) {
            return Recorded.of(TraceReader.read(world.path(Path.of(trace))));
        }
        try {
            return new Generated(GeneratedShape.parse(trace));
        } catch (IllegalArgumentException wrong) {
            throw Misuse.of(command, "--trace: " + wrong.getMessage());
        }
    }
}
