package dev.tierway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens.
 *
 * @param bind address of the API port
 * @param port 0: any free one
 * @param tls what the API port shows; null: it speaks none
 * @param reload when the file is read again by itself
 * @param metrics where else metrics are; null: on the admin port only
 */
public record ServerConfig(
        String bind,
        int port,
        @Nullable Tls tls,
        Admin admin,
        Limits limits,
        Reload reload,
        @Nullable Metrics metrics) {
    /** The API on 127.0.0.1:8080, administration on 8081. */
    public static final ServerConfig DEFAULTS =
            new ServerConfig("127.0.0.1", 8080, null, Admin.DEFAULTS, Limits.DEFAULTS, Reload.DEFAULTS, null);

    /** The same on other ports. */
    public ServerConfig withPorts(int newPort, int newAdminPort) {
        return new ServerConfig(
                bind,
                newPort,
                tls,
                new Admin(admin.bind, newAdminPort, admin.tls, admin.terminated),
                limits,
                reload,
                metrics);
    }

    /** 0: any free one. */
    public int adminPort() {
        return admin.port();
    }

    /** The files of both ports' TLS. */
    public List<Path> tlsFiles() {
        return Stream.of(tls, admin.tls)
                .filter(Objects::nonNull)
                .flatMap(one -> one.files().stream())
                .toList();
    }

    /** Hashes of what was in those files when the configuration was read. */
    public List<String> tlsContents() {
        return Stream.of(tls, admin.tls)
                .filter(Objects::nonNull)
                .map(Tls::contents)
                .toList();
    }

    /**
     * A certificate and its key, as PEM files.
     *
     * @param certificate its chain after it
     * @param key PKCS #8
     * @param clientAuthorities who connects shows a certificate that one of these signed; null: none is asked for
     * @param contents a hash of what was in the files when the configuration was read
     */
    public record Tls(Path certificate, Path key, @Nullable Path clientAuthorities, String contents) {
        List<Path> files() {
            return clientAuthorities == null ? List.of(certificate, key) : List.of(certificate, key, clientAuthorities);
        }
    }

    /**
     * The admin port.
     *
     * @param tls what it shows; null: it speaks none
     * @param terminated whether somebody before it speaks TLS
     */
    public record Admin(String bind, int port, @Nullable Tls tls, boolean terminated) {
        public static final Admin DEFAULTS = new Admin("127.0.0.1", 8081, null, false);
    }

    /**
     * A port that shows metrics and whether the process lives, and nothing else, to whoever reaches it.
     *
     * @param port 0: any free one
     */
    public record Metrics(String bind, int port) {}

    /**
     * Whether the configuration's file is looked at.
     *
     * @param every that often
     */
    public record Reload(boolean watch, Duration every) {
        public static final Reload DEFAULTS = new Reload(false, Duration.ofSeconds(2));
    }

    /**
     * What one client may ask before anything is parsed.
     *
     * @param bodyBytes larger bodies are refused
     * @param headerBytes all header lines together
     * @param uriBytes the request line
     * @param connections open at once
     * @param bodyTimeout from a request's head to the end of its body
     * @param idleTimeout how long a connection may stay without a request
     * @param keepAlive after that much silence a stream gets a comment
     * @param stalled a client that takes nothing of a waiting reply for that long has left
     */
    public record Limits(
            int bodyBytes,
            int headerBytes,
            int uriBytes,
            int connections,
            Duration bodyTimeout,
            Duration idleTimeout,
            Duration keepAlive,
            Duration stalled) {
        public static final Limits DEFAULTS = new Limits(
                32 << 20,
                32 << 10,
                8 << 10,
                20_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30));
    }
}
