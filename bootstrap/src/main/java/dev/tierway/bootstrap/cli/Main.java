package dev.tierway.bootstrap.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(new LastResort());
        CommandLine cli = Cli.of(Surroundings.ofProcess());
        cli.setExecutionStrategy(parsed -> {
            Logs.choose(command(parsed));
            return new RunLast().execute(parsed);
        });
        System.exit(status(cli, args));
    }

    /** Whatever happens, the process ends: threads of a gateway must not keep a command alive that is over. */
    private static int status(CommandLine cli, String[] args) {
        try {
            return cli.execute(args);
        } catch (Error error) {
            new LastResort().uncaughtException(Thread.currentThread(), error);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static String command(ParseResult parsed) {
        return parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : "";
    }
}
