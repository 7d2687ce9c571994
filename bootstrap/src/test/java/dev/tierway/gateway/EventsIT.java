package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of a running gateway: to a webhook, to the admin port's stream, to Java. */
class EventsIT {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final BlockingQueue<String[]> posted = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            posted.add(new String[] {
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body
            });
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        fleet = new TwoUpstreams("adaptive", """
            events:
              webhooks:
                - { id: audit, url: "http://127.0.0.1:%d/hook", secret: "whsec_%s", types: [request.completed, replica.switched] }
            """.formatted(
                        receiver.getAddress().getPort(), Base64.getEncoder().encodeToString(KEY)));
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
        receiver.stop(0);
    }

    @Test
    void a_call_is_told_to_the_webhook_signed_and_to_who_listens() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        fleet.gateway
                .tierway()
                .events()
                .subscribe("test", event -> heard.add(event.type().id()));
        URI stream =
                URI.create("http://127.0.0.1:" + fleet.gateway.adminPort() + "/admin/events?types=request.completed");
        HttpResponse<Stream<String>> lines =
                fleet.client.send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofLines());
        HttpResponse<String> reply = fleet.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-prompt\"}]}");
        assertThat(reply.statusCode()).isEqualTo(200);

        String[] one = posted.poll(20, TimeUnit.SECONDS);
        assertThat(one).isNotNull();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] signed = mac.doFinal((one[0] + "." + one[1] + "." + one[3]).getBytes(StandardCharsets.UTF_8));
        assertThat(one[2]).isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
        JsonNode event = new ObjectMapper().readTree(one[3]);
        assertThat(event.get("type").textValue()).isEqualTo("request.completed");
        assertThat(event.at("/data/replica").textValue()).isEqualTo("a/m");
        assertThat(event.at("/data/decision").textValue())
                .isEqualTo(reply.headers().firstValue("x-tierway-decision").orElseThrow());
        assertThat(one[3]).doesNotContain("canary-prompt");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("request.completed");
        try (var text = lines.body()) {
            assertThat(text.filter(line -> line.startsWith("data: ")).findFirst())
                    .hasValueSatisfying(
                            line -> assertThat(line).contains(event.get("id").textValue()));
        }
    }
}
