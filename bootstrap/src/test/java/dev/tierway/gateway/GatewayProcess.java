package dev.tierway.gateway;

import dev.tierway.bootstrap.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, on free ports. */
record GatewayProcess(Process process, URI api) implements AutoCloseable {
    private static final String API = "  API    ";

    /** Waits until it is ready. */
    static GatewayProcess start(Path config) throws IOException {
        return start(config, 128);
    }

    /** @param heapMegabytes the most its heap may be */
    static GatewayProcess start(Path config, long heapMegabytes) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx" + heapMegabytes + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Main.class.getName(),
                        "serve",
                        "--config",
                        config.toString(),
                        "--port",
                        "0",
                        "--admin-port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Not closed: that would stop it from writing.
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(API)) {
                return new GatewayProcess(process, URI.create(line.substring(API.length())));
            }
        }
        process.destroyForcibly();
        throw new IOException("a gateway ended before it was ready");
    }

    /** Stops it as an operator would. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
