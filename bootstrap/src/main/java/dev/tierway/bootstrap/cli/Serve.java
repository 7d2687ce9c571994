package dev.tierway.bootstrap.cli;

import dev.tierway.ConfigText;
import dev.tierway.GatewayConfig;
import dev.tierway.ServerConfig;
import dev.tierway.adapter.http.server.PortUnavailableException;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.bootstrap.reload.ConfigFile;
import dev.tierway.bootstrap.runtime.BuildInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway serve}. */
@Command(
        name = "serve",
        description = {
            "Run a gateway until SIGTERM or Ctrl-C, then finish the calls that run (30 s at most).",
            "SIGHUP has it read its configuration again, while calls run.",
            "Without a configuration it serves the vendors whose keys are in the environment, such as OPENAI_API_KEY."
        })
final class Serve implements Callable<Integer> {
    private final Session session;

    @Mixin
    ConfigOption config = new ConfigOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "The API's port instead of the configuration's; 0: any free one")
    @Nullable
    Integer port;

    @Option(
            names = "--admin-port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "The admin port instead of the configuration's; 0: any free one")
    @Nullable
    Integer adminPort;

    Serve(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        ConfigOption.Chosen chosen = config.config(session.world()).orElseThrow(Serve::nothingToServe);
        chosen.config().warnings().forEach(warning -> session.remark("tierway: " + warning));
        chosen.remarks().forEach(remark -> session.remark("tierway: " + remark));
        try (Gateway gateway = start(onPorts(chosen.config()), file(chosen.config()))) {
            session.lifetime().onStop(() -> {
                session.remark("tierway: stopping; calls that run have 30 s to finish");
                gateway.close();
            });
            session.lifetime().onHangup(() -> gateway.reload(ConfigOrder.of(ConfigOrder.Origin.SIGHUP)));
            ready(gateway, chosen);
            session.lifetime().awaitStop();
        }
        return 0;
    }

    static CommandFailure nothingToServe() {
        return new CommandFailure("There is nothing to serve: no --config, no TIERWAY_CONFIG, no ./tierway.yaml, no"
                + " key in the environment of a vendor whose models are known, and no server of models found on this"
                + " machine."
                + " Write a configuration with `tierway init`, or export a key such as"
                + " OPENAI_API_KEY, or look around with `tierway demo`.");
    }

    private GatewayConfig onPorts(GatewayConfig given) {
        ServerConfig server = given.server();
        int api = port == null ? server.port() : port;
        int admin = adminPort == null ? server.adminPort() : adminPort;
        if (api == admin && api != 0) {
            throw new CommandFailure("The API and the admin port can't both be " + api
                    + ": choose another with --port or --admin-port.");
        }
        ServerConfig.Metrics metrics = server.metrics();
        if (metrics != null && metrics.port() != 0 && (metrics.port() == api || metrics.port() == admin)) {
            throw new CommandFailure(
                    "Port " + metrics.port() + " is server.metrics.port: choose another with --port or --admin-port.");
        }
        return given.withServer(server.withPorts(api, admin));
    }

    /** Read again, it has the same environment and the same ports; null: it was made of keys and servers found. */
    private @Nullable ConfigFile file(GatewayConfig read) {
        ConfigText text = read.text();
        Path path = text == null ? null : text.file();
        return path == null ? null : new ConfigFile(path, session.world().environment(), this::onPorts);
    }

    private static Gateway start(GatewayConfig config, @Nullable ConfigFile file) {
        try {
            return Gateway.start(config, file);
        } catch (PortUnavailableException taken) {
            throw new CommandFailure(
                    named(config.server(), taken.port())
                            + " can't be used: another program may have it. Stop that, or choose another port"
                            + instead(config.server(), taken.port()) + " in the configuration.",
                    taken);
        }
    }

    private static String named(ServerConfig server, int port) {
        return isMetrics(server, port)
                ? "The metrics port " + port
                : (port == server.adminPort() ? "The admin port " : "The API's port ") + port;
    }

    private static String instead(ServerConfig server, int port) {
        return isMetrics(server, port)
                ? ""
                : " with " + (port == server.adminPort() ? "--admin-port" : "--port") + " or";
    }

    private static boolean isMetrics(ServerConfig server, int port) {
        ServerConfig.Metrics metrics = server.metrics();
        return metrics != null && metrics.port() == port;
    }

    private static String url(ServerConfig.@Nullable Tls tls, String host, int port) {
        return (tls == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private void ready(Gateway gateway, ConfigOption.Chosen chosen) {
        ServerConfig server = chosen.config().server();
        String api = url(server.tls(), server.bind(), gateway.apiPort());
        String admin = url(server.admin().tls(), server.admin().bind(), gateway.adminPort());
        ServerConfig.Metrics metricsAt = server.metrics();
        Integer metricsPort = gateway.metricsPort();
        String metrics =
                metricsAt == null || metricsPort == null ? null : url(null, metricsAt.bind(), metricsPort) + "/metrics";
        long millis = session.lifetime().sinceStart().toMillis();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("api", api);
        json.put("admin", admin);
        if (metrics != null) {
            json.put("metrics", metrics);
        }
        json.put("config", chosen.origin());
        json.put("ready_ms", millis);
        session.show(
                json,
                () -> "Tierway " + BuildInfo.read().version() + " ready in " + millis + " ms, serving "
                        + chosen.origin() + "\n"
                        + "  API    " + api + "/v1\n"
                        + "  admin  " + admin + "/\n"
                        + (metrics == null ? "" : "  metrics " + metrics + "\n"));
    }
}
