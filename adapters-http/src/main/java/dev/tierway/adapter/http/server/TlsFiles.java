package dev.tierway.adapter.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * Reads a port's certificates, all of them at one moment: files that are changed one after the other are either all the old
 * ones, all the new ones, or found not to belong together.
 */
final class TlsFiles {
    private static final List<String> PROTOCOLS = List.of("h2", "http/1.1");
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "Ed25519", "Ed448", "RSASSA-PSS");
    private static final byte[] PROBE = {1, 2, 3};

    private TlsFiles() {}

    /** @throws IllegalArgumentException naming the files that can't be used */
    static ServerSSLOptions read(Vertx vertx, ServerTls tls) {
        ServerSSLOptions options = new ServerSSLOptions();
        options.setUseAlpn(true).setApplicationLayerProtocols(PROTOCOLS);
        try {
            PemKeyCertOptions shown = new PemKeyCertOptions()
                    .addCertValue(content(tls.certificate()))
                    .addKeyValue(content(tls.key()));
            requirePair(shown.getKeyManagerFactory(vertx).getKeyManagers());
            options.setKeyCertOptions(shown);
        } catch (Exception unfit) {
            throw new IllegalArgumentException(
                    tls.certificate() + " and " + tls.key()
                            + " can't be used for TLS: they must be a certificate and its private key, as PEM",
                    unfit);
        }
        String authorities = tls.clientAuthorities();
        if (authorities != null) {
            options.setTrustOptions(trusted(vertx, authorities)).setClientAuth(ClientAuth.REQUIRED);
        }
        return options;
    }

    private static PemTrustOptions trusted(Vertx vertx, String authorities) {
        try {
            PemTrustOptions trusted = new PemTrustOptions().addCertValue(content(authorities));
            TrustManager[] managers = trusted.getTrustManagerFactory(vertx).getTrustManagers();
            if (Stream.of(managers)
                    .noneMatch(manager ->
                            manager instanceof X509TrustManager issuers && issuers.getAcceptedIssuers().length > 0)) {
                throw new GeneralSecurityException("no certificate");
            }
            return trusted;
        } catch (Exception unfit) {
            throw new IllegalArgumentException(
                    authorities + " can't be used to know clients by: it must hold certificates of authorities, as PEM",
                    unfit);
        }
    }

    private static Buffer content(String path) throws IOException {
        return Buffer.buffer(Files.readAllBytes(Path.of(path)));
    }

    /** Nothing else notices that a key is another certificate's before the first client fails. */
    private static void requirePair(KeyManager[] managers) throws GeneralSecurityException {
        for (KeyManager manager : managers) {
            if (manager instanceof X509KeyManager keys) {
                for (String type : KEY_TYPES) {
                    String[] aliases = keys.getServerAliases(type, null);
                    for (String alias : aliases == null ? new String[0] : aliases) {
                        requirePair(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0].getPublicKey());
                    }
                }
            }
        }
    }

    private static void requirePair(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is another certificate's");
        }
    }
}
