package dev.tierway.adapter.providers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a provider are made.
 *
 * @param http2 whether HTTP/2 is offered, over TLS; who doesn't take it gets HTTP/1.1
 * @param proxy null: none
 * @param authorities PEM file of the authorities whose certificates are trusted, in place of Java's own; null: Java's
 * @param certificate PEM file of the certificate Tierway shows (mutual TLS), its chain after it; null: none
 * @param key PEM file of that certificate's private key (PKCS #8); null exactly if there is no certificate
 */
public record ConnectionSettings(
        boolean http2,
        @Nullable Proxy proxy,
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key) {
    public static final ConnectionSettings DEFAULTS = new ConnectionSettings(false, null, null, null, null);

    /** @throws IllegalArgumentException for half of a key pair */
    public ConnectionSettings {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(
                    "a certificate needs its key, and a key its certificate: give both or none");
        }
    }

    /** What a proxy speaks. */
    public enum ProxyKind {
        /** CONNECT for TLS, whole requests otherwise. */
        HTTP,
        SOCKS5
    }

    /**
     * What stands between.
     *
     * @param user null: it wants none
     * @param password null: it wants none
     */
    public record Proxy(
            ProxyKind kind,
            String host,
            int port,
            @Nullable String user,
            @Nullable Secret password) {}
}
