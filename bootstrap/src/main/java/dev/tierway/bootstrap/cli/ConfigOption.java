package dev.tierway.bootstrap.cli;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, and where a configuration comes from without it. */
final class ConfigOption {
    private static final Path USUAL = Path.of("tierway.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; default: $TIERWAY_CONFIG, else ./tierway.yaml")
    @Nullable
    Path file;

    /**
     * A configuration and its origin.
     *
     * @param origin for people
     */
    record Chosen(GatewayConfig config, String origin) {}

    /** The file that counts; empty if none is named and there is none in its usual place. */
    Optional<Path> file(Surroundings world) {
        if (file != null) {
            return Optional.of(world.path(file));
        }
        Optional<Path> named = world.variable("TIERWAY_CONFIG").map(Path::of).map(world::path);
        return named.or(() -> Optional.of(world.path(USUAL)).filter(Files::exists));
    }

    /**
     * The file's, else one made of the vendors' keys in the environment; empty if there are none.
     *
     * @throws InvalidConfigException listing every problem
     */
    Optional<Chosen> config(Surroundings world) {
        Optional<Path> path = file(world);
        if (path.isPresent()) {
            return Optional.of(new Chosen(
                    GatewayConfig.load(path.get(), world.environment()),
                    path.get().toString()));
        }
        return GatewayConfig.fromEnvironment(world.environment())
                .map(config -> new Chosen(config, "the vendors' keys in the environment"));
    }
}
