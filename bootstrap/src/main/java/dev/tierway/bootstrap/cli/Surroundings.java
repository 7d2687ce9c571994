package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.discovery.FoundServer;
import dev.tierway.bootstrap.discovery.LocalServers;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The world around a command; tests bring their own.
 *
 * @param environment variables
 * @param folder where relative paths start
 * @param local who looks for servers of models on this machine
 * @param input standard input
 */
record Surroundings(
        Map<String, String> environment, Path folder, Lifetime lifetime, LocalSearch local, InputStream input) {
    /** Looks for servers of models. */
    @FunctionalInterface
    interface LocalSearch {
        List<FoundServer> find() throws InterruptedException;
    }

    /** A machine without any. */
    Surroundings(Map<String, String> environment, Path folder, Lifetime lifetime) {
        this(environment, folder, lifetime, List::of, InputStream.nullInputStream());
    }

    Surroundings {
        environment = Map.copyOf(environment);
    }

    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(), Path.of(""), new ProcessLifetime(), () -> new LocalServers().find(), System.in);
    }

    /** Empty if it isn't set, or to nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Who sits there, as the operating system says; empty if it doesn't. */
    Optional<String> user() {
        return variable("USER").or(() -> variable("USERNAME"));
    }

    Path path(Path given) {
        return folder.resolve(given);
    }
}
