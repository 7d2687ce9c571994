package dev.tierway.adapter.http.server;

import org.jspecify.annotations.Nullable;

/**
 * What a port shows to those who connect, and what it wants to see of them.
 *
 * @param certificate path of a PEM file: the certificate, its chain after it
 * @param key path of a PEM file: that certificate's private key (PKCS #8)
 * @param clientAuthorities path of a PEM file: who connects must show a certificate that one of these signed; null: none
 *     is asked for
 */
public record ServerTls(
        String certificate, String key, @Nullable String clientAuthorities) {
    /** Whoever connects shows nothing. */
    public ServerTls(String certificate, String key) {
        this(certificate, key, null);
    }
}
