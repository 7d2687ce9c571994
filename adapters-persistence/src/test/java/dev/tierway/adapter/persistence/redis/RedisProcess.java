package dev.tierway.adapter.persistence.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import redis.embedded.core.ExecutableProvider;

/** A real server on this machine, for as long as a test needs it. */
public final class RedisProcess implements AutoCloseable {
    private static final Path HOME = home();
    private static final File PROGRAM = program();

    private final int port;
    private final List<String> options;
    private Process process;

    private RedisProcess(int port, List<String> options) {
        this.port = port;
        this.options = options;
        this.process = start();
    }

    public static RedisProcess start(String... options) {
        return new RedisProcess(freePort(), List.of(options));
    }

    /** One that is to be part of a cluster. */
    static RedisProcess node() {
        // The cluster's own port is 10,000 above: both below those that the system gives to outgoing connections.
        int port = ThreadLocalRandom.current().nextInt(11_000, 22_000);
        while (!isFree(port) || !isFree(port + 10_000)) {
            port = ThreadLocalRandom.current().nextInt(11_000, 22_000);
        }
        return new RedisProcess(port, List.of("--cluster-enabled", "yes", "--cluster-config-file", port + ".conf"));
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void restart() {
        process = start();
    }

    /** It stays connected and answers nothing any more. */
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process start() {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.getPath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                HOME.toString()));
        command.addAll(options);
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            BufferedReader log = started.inputReader(StandardCharsets.UTF_8);
            StringBuilder said = new StringBuilder();
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                said.append(line).append('\n');
                if (line.contains("Ready to accept connections")) {
                    Thread.ofVirtual().start(() -> log.lines().forEach(more -> {}));
                    return started;
                }
            }
            throw new IllegalStateException("the server didn't start:\n" + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        try {
            return Files.createTempDirectory(Path.of("target"), "redis").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code tierway.redis.program} names another server to run the tests against: Valkey, a newer Redis. */
    private static File program() {
        String other = System.getProperty("tierway.redis.program");
        if (other != null) {
            return new File(other);
        }
        try {
            return ExecutableProvider.newJarResourceProvider(HOME.toFile()).get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
