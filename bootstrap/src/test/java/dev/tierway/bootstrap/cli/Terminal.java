package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.bootstrap.discovery.FoundServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine;

/** Types commands, in a folder and an environment of its own, and reads what they print. */
final class Terminal {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final FakeLifetime lifetime = new FakeLifetime();
    private List<FoundServer> servers = List.of();
    private byte[] input = new byte[0];

    Terminal(Path folder) {
        this.folder = folder;
    }

    record Result(int status, String out, String err) {
        JsonNode json() {
            return Documents.parse(out);
        }
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What runs on this machine. */
    Terminal beside(FoundServer... found) {
        servers = List.of(found);
        return this;
    }

    /** What standard input holds. */
    Terminal piping(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    FakeLifetime lifetime() {
        return lifetime;
    }

    /** Runs a command of one line, split at spaces. */
    Result type(String line) {
        return run(line.isEmpty() ? new String[0] : line.split(" "));
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    private CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return Cli.of(new Surroundings(environment, folder, lifetime, () -> servers, new ByteArrayInputStream(input)))
                .setOut(out)
                .setErr(err);
    }

    /** Starts a command that runs until it is stopped. */
    Running start(String line) {
        return new Running(line);
    }

    /** A command that runs. */
    final class Running {
        private final StringBuffer printed = new StringBuffer();
        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        private Running(String line) {
            PrintWriter writer = new PrintWriter(new Recorder(printed), true);
            Executors.newVirtualThreadPerTaskExecutor()
                    .execute(() -> status.complete(commandLine(writer, writer).execute(line.split(" "))));
        }

        /** Waits until what was printed is as wanted, or the command ends. */
        String awaitPrinted(Predicate<String> wanted) throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            synchronized (printed) {
                while (!wanted.test(printed.toString()) && !status.isDone() && System.nanoTime() < end) {
                    TimeUnit.MILLISECONDS.timedWait(printed, 100);
                }
                return printed.toString();
            }
        }

        /** Stops it, and waits for its exit status. */
        int stop() throws Exception {
            lifetime.stop();
            return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        String printed() {
            return printed.toString();
        }
    }

    private static final class Recorder extends Writer {
        private final StringBuffer printed;

        Recorder(StringBuffer printed) {
            this.printed = printed;
        }

        @Override
        public void write(char[] text, int from, int length) {
            synchronized (printed) {
                printed.append(text, from, length);
                printed.notifyAll();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
