package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tierway drain} and its like: orders a running gateway, and those that share its storage. */
@Command
final class Operate implements Callable<Integer> {
    private final Session session;
    private final OperatorVerb verb;

    @Spec
    @Nullable
    CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    ScopeOption scope = new ScopeOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = SpanConverter.class,
            description = "It ends by itself after that time, e.g. 30m; without it, it lasts until it is taken back")
    @Nullable
    String lasting;

    @Option(
            names = "--as-configured",
            description =
                    "Only take back what was ordered: the configured phase, or a wider scope's order, counts again")
    boolean asConfigured;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for colleagues: shown wherever it has an effect")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    private Operate(Session session, OperatorVerb verb) {
        this.session = session;
        this.verb = verb;
    }

    /** The command of that verb, with those options that make sense for it. */
    static CommandLine command(Session session, OperatorVerb verb) {
        CommandLine command = new CommandLine(new Operate(session, verb));
        CommandSpec spec = command.getCommandSpec();
        spec.name(verb.command());
        spec.usageMessage().description(verb.description());
        if (verb == OperatorVerb.RESET_CIRCUIT) {
            remove(spec, "--for");
        }
        if (verb != OperatorVerb.ACTIVATE) {
            remove(spec, "--as-configured");
        }
        return command;
    }

    private static void remove(CommandSpec spec, String name) {
        OptionSpec option = spec.findOption(name);
        if (option != null) {
            spec.remove(option);
        }
    }

    @Override
    public Integer call() {
        if (asConfigured && lasting != null) {
            throw Misuse.of(spec, "--as-configured takes an order back at once: leave out --for");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        scope.put(body);
        body.put(verb.member(), asConfigured ? "configured" : verb.value());
        return order(session, admin, verb.path(), body, lasting, reason);
    }

    /** Completes the order, sends it, and shows what it did. */
    static int order(
            Session session,
            AdminOption admin,
            String path,
            ObjectNode body,
            @Nullable String lasting,
            @Nullable String reason) {
        if (lasting != null) {
            body.put("for", lasting);
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        session.world().user().ifPresent(user -> body.put("author", user));
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode receipt = client.post(path, body);
            session.show(receipt, () -> OperatorText.receipt(receipt));
        }
        return 0;
    }

    static final class SpanConverter implements ITypeConverter<String> {
        private static final Pattern SPAN = Pattern.compile("0*[1-9]\\d{0,8}(ms|s|m|h|d)");

        @Override
        public String convert(String value) {
            if (!SPAN.matcher(value).matches()) {
                throw new TypeConversionException("'" + value + "' is no length of time like 30m, 2h or 7d");
            }
            return value;
        }
    }
}
