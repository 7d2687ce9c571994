package dev.tierway.gateway;

import dev.tierway.adapter.providers.FullBacklog;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a cell.
 *
 * @param server what plays the fault; null: something below HTTP does
 * @param origin scheme, host and port
 * @param authorities PEM file of who is trusted; null: Java's own
 */
record FaultyEnd(
        @Nullable SimulatedServer server,
        AutoCloseable listener,
        String origin,
        @Nullable Path authorities) {
    private static final String REST = "retry-after";
    private static final String NO_SUCH_KEY = "{\"error\":{\"message\":\"no such key: " + FaultFleet.CANARY + "\"}}";
    private static final String NAMING_OUR_KEY = "HTTP/1.1 401 -\r\nx-key: " + FaultFleet.CANARY
            + "\r\ncontent-length: " + NO_SUCH_KEY.length() + "\r\n\r\n" + NO_SUCH_KEY;

    static FaultyEnd of(FaultCell cell, Vertx vertx, Certificates certificates) throws Exception {
        return switch (cell.what()) {
            case "full-backlog" -> {
                FullBacklog backlog = new FullBacklog();
                yield new FaultyEnd(null, backlog, origin(backlog.url().toString()), null);
            }
            case "no-such-host" -> new FaultyEnd(null, () -> {}, "http://no-such-host.invalid", null);
            case "401 naming our key" -> {
                RawServer teller = new RawServer(vertx, RawServer.answering(NAMING_OUR_KEY));
                yield new FaultyEnd(null, teller, origin(teller.url("http").toString()), null);
            }
            case "tls-none" -> raw(new RawServer(vertx, RawServer.answering("HTTP/1.1 400 -\r\n\r\n")), null);
            case "tls-stall" -> raw(new RawServer(vertx, socket -> {}), null);
            case "tls-self-signed" -> raw(tls(vertx, certificates.good()), null);
            case "tls-expired" -> raw(tls(vertx, certificates.expired()), certificates.pem(certificates.expired()));
            case "tls-wrong-host" ->
                raw(tls(vertx, certificates.otherHost()), certificates.pem(certificates.otherHost()));
            default -> simulated(cell, vertx);
        };
    }

    private static String origin(String url) {
        return url.substring(0, url.length() - "/v1".length());
    }

    private static FaultyEnd raw(RawServer server, @Nullable Path authorities) {
        return new FaultyEnd(null, server, origin(server.url("https").toString()), authorities);
    }

    private static RawServer tls(Vertx vertx, Path store) throws Exception {
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(store.toString())
                        .setPassword(Certificates.PASSWORD)
                        .setAlias(Certificates.SERVER));
        return new RawServer(vertx, options, socket -> {});
    }

    private static FaultyEnd simulated(FaultCell cell, Vertx vertx) throws Exception {
        SimulatedScript script = SimulatedScript.HEALTHY.text("FAULTY " + cell.id() + " answers");
        script = switch (cell.what()) {
            case "refused" -> script;
            case "late" -> script.latency(Duration.ofSeconds(20), Duration.ZERO);
            case "slowly" ->
                script.latency(Duration.ofMillis(1), Duration.ofMillis(200)).outputTokens(10_000);
            default -> script.fault(fault(cell));
        };
        SimulatedServer server = SimulatedServer.start(vertx, "faulty", new ScriptBook(script))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new FaultyEnd(server, server, "http://127.0.0.1:" + server.port(), null);
    }

    private static ScriptedFault fault(FaultCell cell) {
        String what = cell.what();
        if (what.equals("early_reply")) {
            ScriptedFault early = ScriptedFault.of(SimulatedFault.EARLY_REPLY);
            return new ScriptedFault(early.fault(), early.stage(), early.when(), 503, "", early.headers());
        }
        if (!Character.isDigit(what.charAt(0))) {
            return ScriptedFault.of(SimulatedFault.valueOf(what.toUpperCase(Locale.ROOT)))
                    .at(cell.stage());
        }
        ScriptedFault refusal = ScriptedFault.status(Integer.parseInt(what.substring(0, 3)));
        if (what.contains(REST)) {
            for (String value : what.substring(what.indexOf(':') + 2).split(" \\+ ")) {
                refusal = refusal.header(REST, value.equals("FUTURE") ? soon() : value);
            }
        }
        return refusal;
    }

    private static String soon() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(100));
    }
}
