package dev.tierway.bootstrap.cli;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.bootstrap.config.EnvironmentConfig;
import dev.tierway.bootstrap.discovery.FoundServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
     * @param remarks for people, beside the configuration's own warnings
     */
    record Chosen(GatewayConfig config, String origin, List<String> remarks) {
        Chosen(GatewayConfig config, String origin) {
            this(config, origin, List.of());
        }
    }

    /** The file that counts; empty if none is named and there is none in its usual place. */
    Optional<Path> file(Surroundings world) {
        if (file != null) {
            return Optional.of(world.path(file));
        }
        Optional<Path> named = world.variable("TIERWAY_CONFIG").map(Path::of).map(world::path);
        return named.or(() -> Optional.of(world.path(USUAL)).filter(Files::exists));
    }

    /**
     * The file's, else one made of the vendors' keys in the environment and of the servers found on this machine; empty
     * if there are none.
     *
     * @throws InvalidConfigException listing every problem
     */
    Optional<Chosen> config(Surroundings world) throws InterruptedException {
        Optional<Path> path = file(world);
        if (path.isPresent()) {
            return Optional.of(new Chosen(
                    GatewayConfig.load(path.get(), world.environment()),
                    path.get().toString()));
        }
        List<FoundServer> servers = world.local().find();
        return EnvironmentConfig.from(world.environment(), servers)
                .map(config -> new Chosen(config, origin(config, servers), EnvironmentConfig.remarks(servers)));
    }

    private static String origin(GatewayConfig config, List<FoundServer> servers) {
        String keys = "the vendors' keys in the environment";
        if (servers.isEmpty()) {
            return keys;
        }
        String found = servers.stream()
                .map(server -> server.kind() + " at port " + server.baseUrl().getPort())
                .collect(Collectors.joining(", "));
        return config.providers().size() > servers.size() ? keys + " and " + found : found;
    }
}
