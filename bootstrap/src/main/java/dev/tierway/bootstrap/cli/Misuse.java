package dev.tierway.bootstrap.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command was called wrongly, in a way that picocli can't see. */
final class Misuse {
    private Misuse() {}

    /** @param command null only outside a command line */
    static RuntimeException of(@Nullable CommandSpec command, String words) {
        return command == null
                ? new IllegalStateException(words)
                : new ParameterException(command.commandLine(), words);
    }
}
