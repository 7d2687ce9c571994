package dev.tierway.bootstrap.config;

import dev.tierway.ServerConfig;
import java.time.Duration;
import java.util.List;

/** {@code server}. */
final class ServerSection {
    static final Key<String> BIND = Key.optional(
                    "bind",
                    Scalars.TEXT,
                    "Address of the API port. Any but loopback lets others in: it needs `auth.mode` written out.")
            .or("127.0.0.1");
    static final Key<Integer> PORT = Key.optional(
                    "port", Quantities.smallCount(0, 65_535), "The API port; 0: any free one.")
            .or("8080");
    static final Key<ServerConfig.Tls> TLS =
            Key.optional("tls", TlsSection.SECTION, "What the API port shows.").absentMeans("no TLS");
    static final Key<ServerConfig.Admin> ADMIN = Key.optional("admin", AdminSection.SECTION, "The admin port.");

    static final Key<Integer> MAX_BODY = Key.optional(
                    "max-body", Quantities.SIZE, "Larger request bodies are refused with 413.")
            .or("32MiB");
    static final Key<Integer> MAX_HEADERS = Key.optional(
                    "max-headers", Quantities.SIZE, "All header lines of a request together; more is refused with 431.")
            .or("32KiB");
    static final Key<Integer> MAX_URI = Key.optional(
                    "max-uri", Quantities.SIZE, "The request line; longer is refused with 414.")
            .or("8KiB");
    static final Key<Integer> MAX_CONNECTIONS = Key.optional(
                    "max-connections", Quantities.smallCount(1, 1_000_000), "Open at once; more are closed unanswered.")
            .or("20000");
    static final Key<Duration> BODY_TIMEOUT = Key.optional(
                    "body-timeout",
                    Quantities.DURATION_ABOVE_ZERO,
                    "From a request's head to the end of its body; slower is refused with 408.")
            .or("60s");
    static final Key<Duration> IDLE_TIMEOUT = Key.optional(
                    "idle-timeout", Quantities.DURATION_ABOVE_ZERO, "How long a connection may stay without a request.")
            .or("75s");
    static final Key<Duration> KEEP_ALIVE = Key.optional(
                    "keep-alive", Quantities.DURATION_ABOVE_ZERO, "After that much silence a stream gets a comment.")
            .or("15s");
    static final Key<Duration> STALLED = Key.optional(
                    "stalled",
                    Quantities.DURATION_ABOVE_ZERO,
                    "A client that takes nothing of a waiting reply for that long has left.")
            .or("30s");
    private static final Section<ServerConfig.Limits> LIMITS_SECTION = Section.of(
            "limits",
            "What one client may ask of the API port.",
            List.of(MAX_BODY, MAX_HEADERS, MAX_URI, MAX_CONNECTIONS, BODY_TIMEOUT, IDLE_TIMEOUT, KEEP_ALIVE, STALLED),
            v -> new ServerConfig.Limits(
                    v.value(MAX_BODY),
                    v.value(MAX_HEADERS),
                    v.value(MAX_URI),
                    v.value(MAX_CONNECTIONS),
                    v.value(BODY_TIMEOUT),
                    v.value(IDLE_TIMEOUT),
                    v.value(KEEP_ALIVE),
                    v.value(STALLED)));
    static final Key<ServerConfig.Limits> LIMITS = Key.optional("limits", LIMITS_SECTION, "What one client may ask.");

    static final Key<Boolean> WATCH = Key.optional(
                    "watch",
                    Scalars.ON_OR_OFF,
                    "Whether the file, and every file it names, is looked at, and read again once it has changed.")
            .or("off");
    static final Key<Duration> WATCH_EVERY = Key.optional(
                    "every",
                    Quantities.DURATION_ABOVE_ZERO,
                    "How often. A change counts once two looks have found the same.")
            .or("2s");
    private static final Section<ServerConfig.Reload> RELOAD_SECTION = Section.of(
            "reload",
            "When the configuration is read again by itself; a hangup signal and the admin port do it at any time.",
            List.of(WATCH, WATCH_EVERY),
            v -> new ServerConfig.Reload(v.value(WATCH), v.value(WATCH_EVERY)));
    static final Key<ServerConfig.Reload> RELOAD =
            Key.optional("reload", RELOAD_SECTION, "When the file is read again by itself.");

    static final Key<String> METRICS_BIND = Key.optional(
                    "bind",
                    Scalars.TEXT,
                    "Its address. Any but loopback lets everybody who reaches it read metrics: no token is asked.")
            .or("127.0.0.1");
    static final Key<Integer> METRICS_PORT =
            Key.required("port", Quantities.smallCount(0, 65_535), "The port; 0: any free one.");
    private static final Section<ServerConfig.Metrics> METRICS_SECTION = Section.of(
            "metrics",
            "A port of its own for whoever collects metrics: `GET /metrics` and `GET /livez`, nothing else.",
            List.of(METRICS_BIND, METRICS_PORT),
            v -> new ServerConfig.Metrics(v.value(METRICS_BIND), v.value(METRICS_PORT)));
    static final Key<ServerConfig.Metrics> METRICS = Key.optional(
                    "metrics", METRICS_SECTION, "Metrics on a port of their own, besides the admin port.")
            .absentMeans("on the admin port only");

    static final Section<ServerConfig> SECTION = Section.of(
            "server",
            "Where the gateway listens.",
            List.of(BIND, PORT, TLS, ADMIN, METRICS, LIMITS, RELOAD),
            ServerSection::server);

    private ServerSection() {}

    private static ServerConfig server(Values v) {
        ServerConfig server = new ServerConfig(
                v.value(BIND),
                v.value(PORT),
                v.get(TLS),
                v.get(ADMIN, ServerConfig.Admin.DEFAULTS),
                v.get(LIMITS, ServerConfig.Limits.DEFAULTS),
                v.get(RELOAD, ServerConfig.Reload.DEFAULTS),
                v.get(METRICS));
        if (server.port() != 0 && server.port() == server.adminPort()) {
            v.error(PORT, "is the admin port too", "give server.admin.port another number");
        }
        ServerConfig.Metrics metrics = server.metrics();
        if (metrics != null
                && metrics.port() != 0
                && (metrics.port() == server.port() || metrics.port() == server.adminPort())) {
            v.error(METRICS, "has a port that another listener has", "give server.metrics.port another number");
        }
        return server;
    }
}
