package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.TcpLine;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://}: before the server stands an entrance that speaks TLS, as a managed Redis has one. */
class RedisTlsIT {
    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String SECRET = "changeit";
    private static final Descriptor LIMIT =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 10, Duration.ofDays(1)));

    @TempDir
    Path folder;

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED + "Password");
    }

    @Test
    void a_certificate_the_machine_trusts_is_accepted() throws Exception {
        Path store = certified("san=ip:127.0.0.1");
        trust(store);
        try (RedisProcess server = RedisProcess.start();
                TcpLine entrance = TcpLine.to(server.port(), speaking(store));
                RedisLink link = link("rediss", entrance)) {
            assertThat(Answers.of(store(link)
                            .reserve(Reservations.of(
                                    new AttemptId("call", 1), List.of(LIMIT), new Amounts(1, 0, 0, NanoUsd.ZERO)))))
                    .isInstanceOf(Result.Granted.class);
        }
    }

    @Test
    void a_certificate_nobody_vouches_for_is_refused_and_said_so() throws Exception {
        Path store = certified("san=ip:127.0.0.1");
        try (RedisProcess server = RedisProcess.start();
                TcpLine entrance = TcpLine.to(server.port(), speaking(store));
                RedisLink link = link("rediss", entrance)) {
            assertThat(Answers.failure(store(link).ping()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("its certificate isn't trusted");
        }
    }

    @Test
    void a_certificate_of_another_host_is_refused() throws Exception {
        Path store = certified("san=dns:redis.example");
        trust(store);
        try (RedisProcess server = RedisProcess.start();
                TcpLine entrance = TcpLine.to(server.port(), speaking(store));
                RedisLink link = link("rediss", entrance)) {
            assertThat(Answers.failure(store(link).ping()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("its certificate isn't trusted");
        }
    }

    @Test
    void a_server_without_tls_is_no_server_for_rediss() throws Exception {
        try (RedisProcess server = RedisProcess.start();
                TcpLine entrance = TcpLine.to(server.port());
                RedisLink link = link("rediss", entrance)) {
            assertThat(Answers.failure(store(link).ping())).isInstanceOf(StoreException.class);
        }
    }

    private static RedisLink link(String scheme, TcpLine entrance) {
        return RedisLink.open(
                new RedisOptions(scheme + "://127.0.0.1:" + entrance.port(), Duration.ofSeconds(5), "tls"));
    }

    private static RedisQuotaStore store(RedisLink link) {
        return new RedisQuotaStore(
                link,
                new RedisClocks(
                        System::currentTimeMillis, ZoneOffset.UTC, Duration.ofMinutes(11), RedisClocks.LEASE, null),
                "one",
                (memo, estimate) -> {});
    }

    private static void trust(Path store) {
        System.setProperty(TRUSTED, store.toString());
        System.setProperty(TRUSTED + "Password", SECRET);
    }

    private Path certified(String of) throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        of,
                        "-storepass",
                        SECRET,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return store;
    }

    private static ServerSocketFactory speaking(Path certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate)) {
            keys.load(in, SECRET.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
