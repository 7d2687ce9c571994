package dev.tierway.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code tierway} itself: what all commands share. */
@Command(
        name = "tierway",
        description =
                "Routes LLM calls: say which class of answer you need, and get it from the best replica, explained.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionLine.class,
        footer = {
            "",
            "Start with `tierway demo`, or `tierway init` and `tierway serve`.",
            "`tierway COMMAND --help` says more. Exit status: 0 it worked, 1 it failed, 2 it was called wrongly."
        })
final class RootCommand implements Callable<Integer> {
    @Mixin
    final Session session;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version")
    boolean version;

    RootCommand(Session session) {
        this.session = session;
    }

    /** Without a command there is nothing to do but to say what could be done. */
    @Override
    public Integer call() {
        session.usage();
        return ExitCode.USAGE;
    }
}
