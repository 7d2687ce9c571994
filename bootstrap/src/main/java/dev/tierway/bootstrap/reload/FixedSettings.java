package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a running gateway can't change. A file that does is refused as a whole: what runs is what one file says. */
public final class FixedSettings implements Reloadable {
    private record Fixed(String key, Function<GatewayConfig, Object> value) {}

    private static final List<Fixed> ALL = List.of(
            new Fixed("server", config -> withoutReload(config.server())),
            new Fixed("storage", GatewayConfig::storage),
            new Fixed("budgets.time-zone", config -> config.budgets().zone()),
            new Fixed("auth", GatewayConfig::auth),
            new Fixed("events", GatewayConfig::events));

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigDifference difference = ConfigDifference.of(now, next);
        for (Fixed fixed : ALL) {
            if (!fixed.value().apply(now).equals(fixed.value().apply(next))) {
                List<String> shown = difference.under(fixed.key()).stream()
                        .filter(change -> !change.startsWith("server.reload"))
                        .toList();
                (shown.isEmpty() ? List.of(fixed.key() + ": a secret in it is another one") : shown)
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

    private static ServerConfig withoutReload(ServerConfig server) {
        return new ServerConfig(
                server.bind(), server.port(), server.adminPort(), server.limits(), ServerConfig.Reload.DEFAULTS);
    }
}
