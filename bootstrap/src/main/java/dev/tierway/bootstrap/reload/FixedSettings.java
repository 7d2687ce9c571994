package dev.tierway.bootstrap.reload;

import dev.tierway.AuthConfig;
import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.ServerConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a running gateway can't change. A file that does is refused as a whole: what runs is what one file says. A section that
 * nobody has said anything about is one of them, so that no change is ever passed over in silence.
 */
public final class FixedSettings implements Reloadable {
    /** Components of a configuration that some {@link Reloadable} follows, at least in part, and those that say nothing. */
    private static final Set<String> FOLLOWED = Set.of(
            "providers",
            "quotaDomains",
            "catalogueSource",
            "models",
            "routes",
            "rules",
            "routing",
            "budgets",
            "server",
            "overload",
            "agents",
            "auth",
            "plugins",
            "warnings",
            "text");

    /** Components that the file calls otherwise. */
    private static final Map<String, String> KEYS = Map.of("mcpServers", "tools", "traces", "observability");

    private record Fixed(String key, Function<GatewayConfig, @Nullable Object> value) {}

    /** The parts of those above that nobody follows. */
    private static final List<Fixed> PARTS = List.of(
            new Fixed("server", config -> withoutReload(config.server())),
            new Fixed("budgets.time-zone", config -> config.budgets().zone()),
            new Fixed("agents.checkpoints", config -> config.agents().checkpoints()),
            new Fixed("auth", config -> withoutKeys(config.auth())));

    private final List<Fixed> all;

    public FixedSettings() {
        List<Fixed> fixed = new ArrayList<>(PARTS);
        for (RecordComponent component : GatewayConfig.class.getRecordComponents()) {
            if (!FOLLOWED.contains(component.getName())) {
                fixed.add(new Fixed(key(component.getName()), config -> value(component, config)));
            }
        }
        all = List.copyOf(fixed);
    }

    private static String key(String component) {
        return KEYS.getOrDefault(
                component, component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    private static @Nullable Object value(RecordComponent component, GatewayConfig config) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The keys that need a restart. */
    List<String> keys() {
        return all.stream().map(Fixed::key).toList();
    }

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigDifference difference = ConfigDifference.of(now, next);
        for (Fixed fixed : all) {
            if (!Objects.equals(fixed.value().apply(now), fixed.value().apply(next))) {
                List<String> shown = difference.under(fixed.key()).stream()
                        .filter(change -> !change.matches("server\\.(reload|(admin\\.)?tls\\.).*"))
                        .toList();
                (shown.isEmpty() ? List.of(fixed.key() + ": something in it, maybe a secret, is another one") : shown)
                        .forEach(change -> problems.add(problem(change, fixed.key())));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return Change.NONE;
    }

    private static ConfigProblem problem(String change, String key) {
        return new ConfigProblem(
                ConfigProblem.Severity.ERROR,
                "the new configuration",
                0,
                0,
                "",
                change + " - a running gateway can't change '" + key + "'",
                "restart it with this file, or take that change out of it");
    }

    /** Keys follow the configuration; whether any are asked for doesn't. */
    private static AuthConfig withoutKeys(AuthConfig auth) {
        return new AuthConfig(auth.mode(), auth.adminToken(), auth.pepper(), auth.previousPepper(), List.of());
    }

    private static ServerConfig withoutReload(ServerConfig server) {
        ServerConfig.Admin admin = server.admin();
        return new ServerConfig(
                server.bind(),
                server.port(),
                anyTls(server.tls()),
                new ServerConfig.Admin(admin.bind(), admin.port(), anyTls(admin.tls()), admin.terminated()),
                server.limits(),
                ServerConfig.Reload.DEFAULTS,
                server.metrics());
    }

    /** A port that speaks TLS goes on to, whatever it shows. */
    private static ServerConfig.@Nullable Tls anyTls(ServerConfig.@Nullable Tls tls) {
        Path any = Path.of("");
        return tls == null ? null : new ServerConfig.Tls(any, any, null, "");
    }
}
