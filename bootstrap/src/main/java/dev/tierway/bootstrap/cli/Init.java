package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.config.LiteLlmMove;
import dev.tierway.bootstrap.config.LocalSuggestions;
import dev.tierway.bootstrap.discovery.FoundServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tierway init}. */
@Command(
        name = "init",
        description =
                "Write a configuration to begin with: it runs as it stands, without any key; servers of models found on"
                        + " this machine stand in it as comments. Or make one of LiteLLM's.")
final class Init implements Callable<Integer> {
    private static final String TEMPLATE = "/dev/tierway/init.yaml";

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to; default: ./tierway.yaml. A file that is there is never overwritten."
                    + " With --from: the file to read")
    @Nullable
    Path file;

    @Option(
            names = "--from",
            paramLabel = "GATEWAY",
            description = "Make it of another gateway's configuration, FILE: litellm. Reports what became of each line")
    @Nullable
    String from;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "With --from: where to; default: ./tierway.yaml. A file that is there is never overwritten")
    @Nullable
    Path to;

    Init(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (from == null) {
            if (to != null) {
                throw Misuse.of(spec, "--to goes with --from; without it, name the FILE to write");
            }
            return begin(file == null ? Path.of("tierway.yaml") : file);
        }
        if (!from.equals("litellm")) {
            throw Misuse.of(spec, "--from knows one other gateway: litellm");
        }
        if (file == null) {
            throw Misuse.of(
                    spec, "Name the FILE that LiteLLM is started with, e.g. `tierway init --from litellm config.yaml`");
        }
        return move(file, to == null ? Path.of("tierway.yaml") : to);
    }

    private int begin(Path target) throws IOException, InterruptedException {
        List<FoundServer> found = session.world().local().find();
        try (InputStream template = Init.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new IllegalStateException("the jar lacks " + TEMPLATE);
            }
            String yaml = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            write(target, LocalSuggestions.into(yaml, found).getBytes(StandardCharsets.UTF_8));
        }
        session.show(
                Map.of(
                        "file",
                        session.world().path(target).toString(),
                        "found",
                        found.stream().map(FoundServer::kind).toList()),
                () -> "Wrote " + target + ".\n" + words(found) + "Next:\n" + next(target));
        return 0;
    }

    private static String words(List<FoundServer> found) {
        return found.isEmpty()
                ? ""
                : found.stream()
                        .map(server -> "  found " + server.kind() + " at port "
                                + server.baseUrl().getPort() + ": it stands there as a comment\n")
                        .collect(Collectors.joining());
    }

    private int move(Path source, Path target) {
        LiteLlmMove.Moved moved = LiteLlmMove.of(session.world().path(source));
        write(target, moved.yaml().getBytes(StandardCharsets.UTF_8));
        session.show(
                MovedText.document(session.world().path(target), moved),
                () -> MovedText.of(source, target, moved) + next(target));
        return MovedText.errors(moved).isEmpty() ? 0 : 1;
    }

    private void write(Path target, byte[] bytes) {
        try {
            Files.write(session.world().path(target), bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailure(target + " is there already and stays as it is: name another file.", there);
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "Can't write " + target + ": check that its folder exists and may be written to.", unwritable);
        }
    }

    private static String next(Path target) {
        return String.join(
                "", List.of("  tierway validate " + target + "\n", "  tierway serve --config " + target + "\n"));
    }
}
