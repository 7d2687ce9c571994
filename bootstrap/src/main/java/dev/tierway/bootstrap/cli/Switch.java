package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tierway disable-rule} and its like: switches rules, routes and the strategy of a running gateway. */
@Command
final class Switch implements Callable<Integer> {
    private final Session session;
    private final SwitchVerb verb;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Operate.SpanConverter.class,
            description = "It ends by itself after that time, e.g. 30m; without it, it lasts until it is taken back")
    @Nullable
    String lasting;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for colleagues: shown wherever the order is")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    private Switch(Session session, SwitchVerb verb) {
        this.session = session;
        this.verb = verb;
    }

    /** The command of that verb, with those options that make sense for it. */
    static CommandLine command(Session session, SwitchVerb verb) {
        CommandLine command = new CommandLine(new Switch(session, verb));
        CommandSpec spec = command.getCommandSpec();
        spec.name(verb.command());
        spec.usageMessage().description(verb.description());
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .type(String.class)
                .required(true)
                .paramLabel(verb.label())
                .description(verb.subject())
                .build());
        if (verb == SwitchVerb.ENABLE_RULE || verb == SwitchVerb.ENABLE_ROUTE) {
            spec.remove(spec.findOption("--for"));
        }
        return command;
    }

    @Override
    public Integer call() {
        String named =
                spec == null ? "" : spec.positionalParameters().getFirst().getValue();
        if (verb == SwitchVerb.USE_STRATEGY && named.equals("configured") && lasting != null) {
            throw Misuse.of(spec, "configured takes an order back at once: leave out --for");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        verb.put(body, named);
        return Operate.order(session, admin, verb.path(), body, lasting, reason);
    }
}
