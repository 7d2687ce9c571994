package dev.tierway.adapter.http.server;

/**
 * What a port shows to those who connect.
 *
 * @param certificate path of a PEM file: the certificate, its chain after it
 * @param key path of a PEM file: that certificate's private key (PKCS #8)
 */
public record ServerTls(String certificate, String key) {}
