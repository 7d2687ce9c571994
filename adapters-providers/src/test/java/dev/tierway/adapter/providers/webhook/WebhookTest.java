package dev.tierway.adapter.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.event.Deliveries;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.event.EventType;
import dev.tierway.application.event.GatewayEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks before kind and hostile receivers. */
class WebhookTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    private final EventBus bus = new EventBus((name, thrown) -> {});
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private record Posted(String path, String id, String timestamp, String signature, String body) {}

    /** What a receiver does with one request. */
    private interface Answer {
        void to(HttpExchange exchange, int n) throws IOException, InterruptedException;
    }

    @AfterEach
    void close() throws Exception {
        end.countDown();
        bus.close();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private URI receiver(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            posted.add(new Posted(
                    exchange.getRequestURI().getPath(),
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body));
            try {
                answer.to(exchange, posted.size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    private Webhook webhook(URI url, Duration timeout, int retries, int queue) {
        Webhook webhook = Webhook.open(
                new WebhookOptions(
                        "pager",
                        url,
                        WebhookSecret.of(new Secret(SECRET)),
                        Set.of(EventType.CIRCUIT_OPENED),
                        timeout,
                        retries,
                        queue),
                bus,
                () -> 1_700_000_000_123L,
                Duration.ofMillis(1));
        open.addFirst(webhook);
        return webhook;
    }

    private void publish(String id) {
        bus.publish(new GatewayEvent(id, EventType.CIRCUIT_OPENED, 1_700_000_000_000L, Map.of("replica", "a/m")));
    }

    private static Deliveries await(Webhook webhook, Predicate<Deliveries> wanted) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!wanted.test(webhook.deliveries()) && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return webhook.deliveries();
    }

    @Test
    void an_event_is_posted_signed_as_standard_webhooks_have_it() throws Exception {
        Webhook webhook = webhook(
                receiver((exchange, n) -> exchange.sendResponseHeaders(204, -1)), Duration.ofSeconds(20), 0, 10);
        publish("evt_1");
        bus.publish(new GatewayEvent("evt_2", EventType.REQUEST_COMPLETED, 0, Map.of()));
        await(webhook, now -> now.delivered() == 1);

        assertThat(posted).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("evt_1");
            assertThat(one.timestamp()).isEqualTo("1700000000");
            assertThat(one.body())
                    .isEqualTo("{\"id\":\"evt_1\",\"type\":\"circuit.opened\",\"timestamp\":\"2023-11-14T22:13:20Z\","
                            + "\"data\":{\"replica\":\"a/m\"}}");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] signed =
                    mac.doFinal((one.id() + "." + one.timestamp() + "." + one.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(one.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
        });
    }

    /** The example of the specification's own libraries. */
    @Test
    void the_signature_is_the_one_the_libraries_of_standard_webhooks_make() {
        String signature = WebhookSecret.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .signature(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void what_is_not_accepted_comes_again_with_the_same_id() throws Exception {
        Webhook webhook = webhook(
                receiver((exchange, n) -> exchange.sendResponseHeaders(n < 3 ? 500 : 200, -1)),
                Duration.ofSeconds(20),
                5,
                10);
        publish("evt_1");

        assertThat(await(webhook, now -> now.delivered() == 1)).isEqualTo(new Deliveries("pager", 1, 0, 0, 3));
        assertThat(posted).extracting(Posted::id).containsOnly("evt_1");
    }

    @Test
    void a_receiver_that_always_refuses_is_given_up_for_that_event() throws Exception {
        Webhook webhook = webhook(
                receiver((exchange, n) -> exchange.sendResponseHeaders(n <= 3 ? 503 : 200, -1)),
                Duration.ofSeconds(20),
                2,
                10);
        publish("evt_1");
        publish("evt_2");

        assertThat(await(webhook, now -> now.delivered() == 1)).isEqualTo(new Deliveries("pager", 1, 1, 0, 4));
    }

    @Test
    void a_redirect_is_a_refusal_and_leads_nowhere() throws Exception {
        Webhook webhook = webhook(
                receiver((exchange, n) -> {
                    exchange.getResponseHeaders().add("location", "/elsewhere");
                    exchange.sendResponseHeaders(307, -1);
                }),
                Duration.ofSeconds(20),
                0,
                10);
        publish("evt_1");

        assertThat(await(webhook, now -> now.failed() == 1).failed()).isEqualTo(1);
        assertThat(posted).extracting(Posted::path).containsOnly("/hook");
    }

    @Test
    void a_receiver_that_says_it_is_gone_is_left_alone() throws Exception {
        Webhook webhook = webhook(
                receiver((exchange, n) -> exchange.sendResponseHeaders(410, -1)), Duration.ofSeconds(20), 5, 10);
        publish("evt_1");
        publish("evt_2");

        assertThat(await(webhook, now -> now.failed() == 2).attempts()).isEqualTo(1);
    }

    @Test
    void a_receiver_that_is_slow_or_never_ends_its_answer_is_left() throws Exception {
        Webhook webhook = webhook(
                receiver((exchange, n) -> {
                    if (n == 1) {
                        end.await();
                    } else {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(new byte[1]);
                        exchange.getResponseBody().flush();
                        end.await();
                    }
                }),
                Duration.ofMillis(200),
                1,
                10);
        publish("evt_1");

        assertThat(await(webhook, now -> now.failed() == 1)).isEqualTo(new Deliveries("pager", 0, 1, 0, 2));
    }

    @Test
    void a_closed_port_and_one_that_hangs_up_are_failures() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Webhook nobody = webhook(URI.create("http://127.0.0.1:" + closed + "/"), Duration.ofSeconds(5), 1, 10);
        publish("evt_1");
        assertThat(await(nobody, now -> now.failed() == 1)).isEqualTo(new Deliveries("pager", 0, 1, 0, 2));
    }

    @Test
    void beyond_the_queue_events_are_dropped_and_counted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Webhook webhook = webhook(
                receiver((exchange, n) -> {
                    asked.countDown();
                    end.await();
                    exchange.sendResponseHeaders(200, -1);
                }),
                Duration.ofSeconds(60),
                0,
                2);
        publish("evt_0");
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= 10; i++) {
            publish("evt_" + i);
        }

        assertThat(webhook.deliveries().dropped()).isEqualTo(8);
        assertThat(bus.counts()).containsEntry("dropped", 8L).containsEntry("published", 11L);
    }

    @Test
    void closing_ends_it_in_the_middle_of_a_pause() throws Exception {
        WebhookOptions options = new WebhookOptions(
                "pager",
                receiver((exchange, n) -> exchange.sendResponseHeaders(500, -1)),
                WebhookSecret.of(new Secret(SECRET)),
                Set.of(EventType.values()),
                Duration.ofSeconds(20),
                5,
                10);
        Webhook webhook = Webhook.open(options, bus, () -> 0, Duration.ofHours(1));
        publish("evt_1");
        await(webhook, now -> now.attempts() == 1);
        webhook.close();

        assertThat(webhook.deliveries().attempts()).isEqualTo(1);
    }

    @Test
    void a_secret_that_is_none_is_refused_and_never_repeated() {
        for (String text : List.of("hunter2", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=")) {
            assertThatThrownBy(() -> WebhookSecret.of(new Secret(text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain(text);
        }
        assertThat(WebhookSecret.of(new Secret(SECRET))).hasToString("[secret]");
    }
}
