package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.show.Format;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** Puts the commands together. */
final class Cli {
    private Cli() {}

    static CommandLine of(Surroundings world) {
        Session session = new Session(world);
        CommandLine cli = new CommandLine(new RootCommand(session));
        for (Object command : List.of(
                new Serve(session),
                new Demo(session),
                new Init(session),
                new Validate(session),
                new Doctor(session),
                new Conformance(session),
                new SimulateProvider(session),
                new Call(session),
                new Explain(session),
                new Status(session),
                new Quota(session),
                new Decisions(session),
                new History(session),
                new Experiments(session),
                new Providers(session),
                new Simulate(session),
                new Reload(session),
                new Rollback(session),
                new ConfigHistory(session),
                new Version(session))) {
            cli.addSubcommand(command);
        }
        cli.addSubcommand(Keys.command(session));
        cli.addSubcommand(Agents.command(session));
        for (OperatorVerb verb : OperatorVerb.values()) {
            cli.addSubcommand(verb.command(), Operate.command(session, verb));
        }
        for (SwitchVerb verb : SwitchVerb.values()) {
            cli.addSubcommand(verb.command(), Switch.command(session, verb));
        }
        return cli.setUsageHelpWidth(100)
                .setExecutionStrategy(parsed -> run(parsed, session))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, session))
                .setParameterExceptionHandler((wrong, arguments) -> misused(wrong, session));
    }

    /** Asked for a page where there is none, a command must not even begin. */
    private static int run(CommandLine.ParseResult parsed, Session session) {
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine command = commands.getLast();
        if (session.format() == Format.HTML && !(command.getCommand() instanceof Simulate)) {
            throw new CommandLine.ParameterException(command, "--format html is for `tierway simulate` only");
        }
        if (session.format() == Format.CSV && !(command.getCommand() instanceof History)) {
            throw new CommandLine.ParameterException(command, "--format csv is for `tierway history` only");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int failed(Exception failure, Session session) {
        PrintWriter err = session.err();
        err.println("tierway: " + FailureText.of(failure));
        if (session.isDebug()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int misused(CommandLine.ParameterException wrong, Session session) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tierway: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        if (session.isDebug()) {
            wrong.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
