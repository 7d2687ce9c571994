package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code tierway agents pause} and its like, on all gateways that share the storage. */
@Command
final class HoldAgents implements Callable<Integer> {
    private final Session session;
    private final HoldVerb verb;

    @ArgGroup(multiplicity = "1")
    HoldOption held = new HoldOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Operate.SpanConverter.class,
            description = "It ends by itself after that time, e.g. 30m; without it, it lasts until it is taken back")
    @Nullable
    String lasting;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why: whoever is refused reads it")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    private HoldAgents(Session session, HoldVerb verb) {
        this.session = session;
        this.verb = verb;
    }

    static CommandLine command(Session session, HoldVerb verb) {
        CommandLine command = new CommandLine(new HoldAgents(session, verb));
        CommandSpec spec = command.getCommandSpec();
        spec.name(verb.command());
        spec.usageMessage().description(verb.description());
        if (verb == HoldVerb.RESUME) {
            spec.remove(spec.findOption("--for"));
        }
        return command;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        held.put(body);
        body.put("state", verb.state());
        return Operate.order(session, admin, "/admin/agents", body, lasting, reason);
    }
}
