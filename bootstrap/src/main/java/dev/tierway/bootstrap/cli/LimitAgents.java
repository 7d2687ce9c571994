package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.domain.agent.ExecutionLimits;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tierway agents limit}, on all gateways that share the storage. */
@Command(
        name = "limit",
        description =
                "Set limits in place of the configured ones: of each execution of an agent, of a workflow, or of all"
                        + " agents together. What is left out stays as configured.")
final class LimitAgents implements Callable<Integer> {
    private static final String CONFIGURED = "configured";

    private final Session session;

    @ArgGroup(multiplicity = "1")
    HoldOption scope = new HoldOption();

    @Parameters(
            arity = "1..5",
            paramLabel = "NAME=VALUE",
            converter = LimitConverter.class,
            description = "usd=1.50, tokens=100000, steps=50, elapsed=10m, calls-per-minute=30; or 'configured', which"
                    + " takes back what was set")
    List<String> limits = List.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Operate.SpanConverter.class,
            description = "It ends by itself after that time, e.g. 30m; without it, it lasts until it is taken back")
    @Nullable
    String lasting;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for colleagues")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    LimitAgents(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        scope.put(body);
        body.put("limits", String.join(" ", limits));
        return Operate.order(session, admin, "/admin/agents/limits", body, lasting, reason);
    }

    static final class LimitConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return value.equals(CONFIGURED)
                        ? value
                        : ExecutionLimits.parse(value).toString();
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
