package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tierway.Tierway;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedLimits;
import dev.tierway.adapter.providers.simulated.SimulatedLimits.Style;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.out.AccountBalance;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What vendors tell, from their sockets to {@code usage(provider)}. */
class VendorLimitsIT {
    private static final String CONFIG = """
        providers: [ { id: box, kind: openai-compatible, base-url: "%s" %s } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: box } ] } ]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private SimulatedServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "box", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Tierway tierway(Style style) {
        server.scripts()
                .standard(SimulatedScript.HEALTHY.limits(
                        new SimulatedLimits(style, List.of(Limit.per(Dimension.REQUESTS, 5, Duration.ofDays(1))))));
        return Tierway.builder().config(CONFIG.formatted(server.baseUrl(), "")).build();
    }

    private static ProviderUsage called(Tierway tierway) {
        tierway.callLogicalModel("m", ChatRequest.of("hi"));
        return tierway.usage("box").orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = "HOSTILE", mode = EnumSource.Mode.EXCLUDE)
    void what_a_reply_told_is_the_providers_usage(Style style) {
        try (Tierway tierway = tierway(style)) {
            assertThat(tierway.usage("box").orElseThrow().remainingRequests()).isNull();

            ProviderUsage usage = called(tierway);

            assertThat(usage.remainingRequests()).isEqualTo(4);
            assertThat(usage.windows())
                    .singleElement()
                    .satisfies(window -> assertThat(window.source()).isEqualTo("vendor"));
            assertThat(usage.remainingTokens()).isNull();
            assertThat(tierway.quota().replicas().getFirst().replica()).isEqualTo("box/m");
        }
    }

    @Test
    void what_is_not_to_be_learned_is_nobodys() {
        String deaf = CONFIG.replace(
                "quota: { store: memory } }",
                "quota: { store: memory } }\n" + "quota-domains: [ { id: org, requests-per-day: 1000, learn: off } ]");
        server.scripts()
                .standard(SimulatedScript.HEALTHY.limits(new SimulatedLimits(
                        Style.OPENAI, List.of(Limit.per(Dimension.REQUESTS, 5, Duration.ofDays(1))))));
        try (Tierway tierway = Tierway.builder()
                .config(deaf.formatted(server.baseUrl(), ", quota-domain: org"))
                .build()) {
            assertThat(called(tierway).windows())
                    .allSatisfy(window -> assertThat(window.source()).isNotEqualTo("vendor"));
            assertThat(tierway.usage("box").orElseThrow().remainingRequests()).isGreaterThan(900);
        }
    }

    @Test
    void a_vendor_that_lies_leaves_everything_unknown() {
        try (Tierway tierway = tierway(Style.HOSTILE)) {
            for (int lie = 0; lie < 5; lie++) {
                assertThat(called(tierway).windows()).isEmpty();
            }
            assertThat(tierway.quota().replicas().getFirst().headroom()).isNull();
        }
    }

    @Test
    void what_a_usage_probe_found_is_the_providers_usage() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/v1/key", exchange -> {
            byte[] body =
                    "{\"data\":{\"limit\":5,\"limit_remaining\":4.5,\"usage\":0.5}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            asked.countDown();
        });
        vendor.start();
        String url = "http://127.0.0.1:" + vendor.getAddress().getPort() + "/v1";
        try (Tierway tierway = Tierway.builder()
                .config(CONFIG.formatted(url, ", usage-probe: { every: 10ms, vendor: openrouter }"))
                .build()) {
            // A second question is asked only once the first answer has been taken.
            assertThat(asked.await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(tierway.usage("box").orElseThrow().account().balances())
                    .containsExactly(new AccountBalance(
                            "USD", new BigDecimal("5"), new BigDecimal("4.5"), new BigDecimal("0.5")));
        } finally {
            vendor.stop(0);
        }
    }
}
