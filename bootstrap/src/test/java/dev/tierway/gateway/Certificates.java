package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates a far end may show, each signed by an authority of its own, made by the JDK's own tool. The authority
 * is what a test trusts: a trusted certificate's own dates count for nobody.
 */
record Certificates(Path good, Path expired, Path otherHost) {
    static final String SERVER = "server";

    private static final String AUTHORITY = "authority";
    static final String PASSWORD = "changeit";

    static Certificates in(Path folder) throws Exception {
        return new Certificates(
                made(folder, "good", "SAN=ip:127.0.0.1,dns:localhost"),
                made(folder, "expired", "SAN=ip:127.0.0.1,dns:localhost", "-startdate", "-9d", "-validity", "3"),
                made(folder, "other", "SAN=dns:other.example"));
    }

    private static Path made(Path folder, String name, String names, String... more) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool(store, AUTHORITY, "-ext", "bc:c");
        List<String> signed = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", names));
        signed.addAll(List.of(more));
        keytool(store, SERVER, signed.toArray(String[]::new));
        return store;
    }

    private static void keytool(Path store, String alias, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }

    /** The authority of a store, for those who trust it. */
    Path pem(Path store) throws Exception {
        return written(
                Path.of(store + ".pem"),
                "CERTIFICATE",
                loaded(store).getCertificate(AUTHORITY).getEncoded());
    }

    /** What a server shows. */
    Path certificate(Path store) throws Exception {
        return written(
                Path.of(store + ".server.pem"),
                "CERTIFICATE",
                loaded(store).getCertificate(SERVER).getEncoded());
    }

    /** That certificate's private key. */
    Path key(Path store) throws Exception {
        return written(
                Path.of(store + ".key.pem"),
                "PRIVATE KEY",
                loaded(store).getKey(SERVER, PASSWORD.toCharArray()).getEncoded());
    }

    static KeyStore loaded(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static Path written(Path pem, String what, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(pem, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        return pem;
    }
}
