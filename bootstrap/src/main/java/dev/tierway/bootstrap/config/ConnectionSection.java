package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.ConnectionSettings.Proxy;
import dev.tierway.adapter.providers.ConnectionSettings.ProxyKind;
import dev.tierway.adapter.providers.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code providers[].connection}. */
final class ConnectionSection {
    static final Key<Boolean> HTTP2 = Key.optional(
                    "http2",
                    Scalars.TRUE_OR_FALSE,
                    "Whether HTTP/2 is offered, over TLS. Many calls then share a connection, and a broken one breaks"
                            + " them all.")
            .or("false");

    static final Key<URI> PROXY_URL = Key.required(
            "url",
            Scalars.matching(
                    "a URL such as http://proxy:3128",
                    "^(http|socks5)://[^@/?#\\s]+:[0-9]+/?$",
                    ConnectionSection::proxy),
            "`http://host:port`, or `socks5://host:port`.");
    static final Key<String> USER = Key.optional("user", Scalars.TEXT, "If the proxy wants one.");
    static final Key<Secret> PASSWORD = Key.optional("password", Scalars.SECRET, "If the proxy wants one.");

    static final Key<Proxy> PROXY = Key.optional(
            "proxy",
            Section.of(
                    "proxy",
                    "What stands between. The environment's proxy settings have no effect.",
                    List.of(PROXY_URL, USER, PASSWORD),
                    v -> new Proxy(
                            v.value(PROXY_URL).getScheme().equals("socks5") ? ProxyKind.SOCKS5 : ProxyKind.HTTP,
                            v.value(PROXY_URL).getHost(),
                            v.value(PROXY_URL).getPort(),
                            v.get(USER),
                            v.get(PASSWORD))),
            "A proxy for all connections to it.");
    static final Key<Path> AUTHORITIES = Key.optional(
                    "ca", StorageSection.file(), "PEM file of the authorities whose certificates are trusted.")
            .absentMeans("Java's own");
    static final Key<Path> CERTIFICATE = Key.optional(
            "certificate",
            StorageSection.file(),
            "PEM file of the certificate Tierway shows (mutual TLS), its chain after it; needs `key`.");
    static final Key<Path> PRIVATE_KEY =
            Key.optional("key", StorageSection.file(), "PEM file of that certificate's private key (PKCS #8).");

    static final Section<ConnectionSettings> SECTION = Section.of(
            "connection",
            "How connections to a provider are made.",
            List.of(HTTP2, PROXY, AUTHORITIES, CERTIFICATE, PRIVATE_KEY),
            ConnectionSection::settings);

    private ConnectionSection() {}

    private static ConnectionSettings settings(Values v) {
        for (Key<Path> file : List.of(AUTHORITIES, CERTIFICATE, PRIVATE_KEY)) {
            Path path = v.get(file);
            if (path != null && !Files.isReadable(path)) {
                v.error(file, "can't be read", "give the path of a PEM file, from the working directory");
            }
        }
        if (v.has(CERTIFICATE) != v.has(PRIVATE_KEY)) {
            v.error(
                    v.has(CERTIFICATE) ? CERTIFICATE : PRIVATE_KEY,
                    "is only half of a key pair",
                    "give certificate and key, or neither");
            return ConnectionSettings.DEFAULTS;
        }
        return new ConnectionSettings(
                v.value(HTTP2), v.get(PROXY), v.get(AUTHORITIES), v.get(CERTIFICATE), v.get(PRIVATE_KEY));
    }

    /** No message repeats the URL: it may hold a credential. */
    private static URI proxy(String text) {
        URI url;
        try {
            url = new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new Unfit("is not a URL", "write e.g. http://proxy:3128");
        }
        if (url.getRawUserInfo() != null) {
            throw new Unfit("must not hold credentials", "put them into user and password");
        }
        if (url.getHost() == null
                || url.getPort() < 1
                || !List.of("http", "socks5").contains(String.valueOf(url.getScheme()))) {
            throw new Unfit("must be http://host:port or socks5://host:port", null);
        }
        return url;
    }

    static @Nullable Map<String, Object> shown(ConnectionSettings connection) {
        if (connection.equals(ConnectionSettings.DEFAULTS)) {
            return null;
        }
        Proxy proxy = connection.proxy();
        return new Shown()
                .put(HTTP2, connection.http2())
                .put(
                        PROXY,
                        proxy == null
                                ? null
                                : new Shown()
                                        .put(
                                                PROXY_URL,
                                                proxy.kind().name().toLowerCase(Locale.ROOT) + "://" + proxy.host()
                                                        + ":" + proxy.port())
                                        .put(USER, proxy.user())
                                        .map())
                .put(AUTHORITIES, text(connection.authorities()))
                .put(CERTIFICATE, text(connection.certificate()))
                .put(PRIVATE_KEY, text(connection.key()))
                .map();
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }
}
