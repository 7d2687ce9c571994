package dev.tierway.bootstrap.config;

import dev.tierway.ServerConfig.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code server.tls} and {@code server.admin.tls}. */
final class TlsSection {
    static final Key<Path> CERTIFICATE = Key.required(
            "certificate",
            StorageSection.file(),
            "PEM file of the certificate to show, its chain after it. Each reload reads the files again.");
    static final Key<Path> PRIVATE_KEY =
            Key.required("key", StorageSection.file(), "PEM file of that certificate's private key (PKCS #8).");
    static final Key<Path> CLIENT_AUTHORITIES = Key.optional(
                    "client-ca",
                    StorageSection.file(),
                    "PEM file of authorities: who connects must show a certificate that one of them signed (mutual"
                            + " TLS).")
            .absentMeans("no certificate is asked for");

    static final Section<Tls> SECTION = Section.of(
            "tls",
            "What a port shows to those who connect.",
            List.of(CERTIFICATE, PRIVATE_KEY, CLIENT_AUTHORITIES),
            TlsSection::tls);

    private TlsSection() {}

    static Tls tls(Values v) {
        MessageDigest contents = sha256();
        for (Key<Path> file : List.of(CERTIFICATE, PRIVATE_KEY, CLIENT_AUTHORITIES)) {
            Path path = v.get(file);
            try {
                contents.update(path == null ? new byte[0] : sha256().digest(Files.readAllBytes(path)));
            } catch (IOException unreadable) {
                v.error(file, "can't be read", "give the path of a PEM file, from the working directory");
            }
        }
        return new Tls(
                v.value(CERTIFICATE),
                v.value(PRIVATE_KEY),
                v.get(CLIENT_AUTHORITIES),
                HexFormat.of().formatHex(contents.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static @Nullable Map<String, Object> shown(@Nullable Tls tls) {
        return tls == null
                ? null
                : new Shown()
                        .put(CERTIFICATE, tls.certificate())
                        .put(PRIVATE_KEY, tls.key())
                        .put(CLIENT_AUTHORITIES, tls.clientAuthorities())
                        .map();
    }
}
