package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.UsageProbeSettings;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.application.port.out.AccountAnswer;
import dev.tierway.application.port.out.AccountProbe;
import dev.tierway.domain.catalogue.ProviderId;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe against a real socket. */
class OpenAiAccountProbeTest {
    private static final String KEY = "canary-7f3a9-secret";
    private static final String BALANCE = "{\"data\":{\"usage\":1.5}}";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private HttpServer server;
    private int status = 200;
    private String body = BALANCE;
    private boolean silent;
    private AccountProbe probe;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("authorization"));
            if (silent) {
                stuck.countDown();
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        probe = probe(Vendor.OPENROUTER, url("/api/v1"), Duration.ofSeconds(30)).orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        probe.close();
        server.stop(0);
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Optional<AccountProbe> probe(Vendor vendor, URI url, Duration timeout) {
        return new OpenAiTransportFactory(vertx)
                .account(
                        ProviderSettings.of(
                                new ProviderId("p"), OpenAiTransportFactory.OPENAI_COMPATIBLE, url, new Secret(KEY)),
                        new UsageProbeSettings(vendor, timeout));
    }

    private static AccountAnswer ask(AccountProbe probe) throws Exception {
        return probe.ask().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String why() throws Exception {
        AccountAnswer answer = ask(probe);
        assertThat(answer).isInstanceOf(AccountAnswer.Failed.class);
        return ((AccountAnswer.Failed) answer).why();
    }

    @Test
    void a_vendor_is_asked_under_the_base_url_with_the_providers_key() throws Exception {
        assertThat(ask(probe)).isInstanceOf(AccountAnswer.Told.class);
        assertThat(asked).containsExactly("GET /api/v1/key Bearer " + KEY);
    }

    @Test
    void deepseek_is_asked_at_the_servers_root() throws Exception {
        body = "{\"is_available\":false,\"balance_infos\":[]}";
        try (AccountProbe deepseek =
                probe(Vendor.DEEPSEEK, url("/v1"), Duration.ofSeconds(30)).orElseThrow()) {
            assertThat(ask(deepseek)).isEqualTo(new AccountAnswer.Told(false, List.of()));
        }
        assertThat(asked).containsExactly("GET /user/balance Bearer " + KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500})
    void a_refusal_is_told_by_its_status_and_repeats_no_word_of_it(int refused) throws Exception {
        status = refused;
        body = "your key " + KEY + " is no good";
        assertThat(why()).contains("HTTP " + refused).doesNotContain(KEY, "no good");
    }

    @Test
    void an_endless_answer_is_not_read_to_its_end() throws Exception {
        body = "x".repeat(70_000);
        assertThat(why()).contains("64 KiB");
    }

    @Test
    void nobody_there_is_said_without_the_address() throws Exception {
        server.stop(0);
        assertThat(why()).doesNotContain(KEY, "127.0.0.1");
    }

    @Test
    void silence_ends_with_the_timeout() throws Exception {
        silent = true;
        try (AccountProbe hasty =
                probe(Vendor.OPENROUTER, url("/v1"), Duration.ofMillis(50)).orElseThrow()) {
            assertThat(ask(hasty)).isEqualTo(new AccountAnswer.Failed("nothing came in time"));
        }
    }

    @Test
    void closing_ends_what_is_under_way() throws Exception {
        silent = true;
        var answer = probe.ask().toCompletableFuture();
        assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
        probe.close();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(AccountAnswer.Failed.class);
    }

    @Test
    void a_vendor_that_tells_nothing_has_no_probe() {
        assertThat(probe(Vendor.OTHER, url("/v1"), Duration.ofSeconds(1))).isEmpty();
        assertThat(probe(null, URI.create("https://api.groq.com/openai/v1"), Duration.ofSeconds(1)))
                .isEmpty();
        assertThat(probe(null, URI.create("https://openrouter.ai/api/v1"), Duration.ofSeconds(1)))
                .isPresent();
    }
}
