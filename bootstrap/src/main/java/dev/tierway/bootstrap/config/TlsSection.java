package dev.tierway.bootstrap.config;

import dev.tierway.ServerConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code server.tls} and {@code server.admin.tls}. */
final class TlsSection {
    static final Key<Path> CERTIFICATE = Key.required(
            "certificate", StorageSection.file(), "PEM file of the certificate to show, its chain after it.");
    static final Key<Path> PRIVATE_KEY =
            Key.required("key", StorageSection.file(), "PEM file of that certificate's private key (PKCS #8).");

    static final Section<Tls> SECTION = Section.of(
            "tls", "What a port shows to those who connect.", List.of(CERTIFICATE, PRIVATE_KEY), TlsSection::tls);

    private TlsSection() {}

    static Tls tls(Values v) {
        for (Key<Path> file : List.of(CERTIFICATE, PRIVATE_KEY)) {
            if (!Files.isReadable(v.value(file))) {
                v.error(file, "can't be read", "give the path of a PEM file, from the working directory");
            }
        }
        return new Tls(v.value(CERTIFICATE), v.value(PRIVATE_KEY));
    }

    static @Nullable Map<String, Object> shown(@Nullable Tls tls) {
        return tls == null
                ? null
                : new Shown()
                        .put(CERTIFICATE, tls.certificate())
                        .put(PRIVATE_KEY, tls.key())
                        .map();
    }
}
