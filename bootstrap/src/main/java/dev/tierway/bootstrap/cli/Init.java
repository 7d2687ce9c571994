package dev.tierway.bootstrap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tierway init}. */
@Command(name = "init", description = "Write a configuration to begin with: it runs as it stands, without any key.")
final class Init implements Callable<Integer> {
    private static final String TEMPLATE = "/dev/tierway/init.yaml";

    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "tierway.yaml",
            description = "Where to; default: ./tierway.yaml. A file that is there is never overwritten")
    Path file = Path.of("tierway.yaml");

    Init(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Path target = session.world().path(file);
        try (InputStream template = Init.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new IllegalStateException("the jar lacks " + TEMPLATE);
            }
            Files.write(target, template.readAllBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailure(file + " is there already and stays as it is: name another file.", there);
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "Can't write " + file + ": check that its folder exists and may be written to.", unwritable);
        }
        session.show(
                Map.of("file", target.toString()),
                () -> "Wrote " + file + ". Next:\n"
                        + "  tierway validate " + file + "\n"
                        + "  tierway serve --config " + file + "\n");
        return 0;
    }
}
