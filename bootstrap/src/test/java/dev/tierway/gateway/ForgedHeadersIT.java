package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tierway asks for nobody's address: neither keys nor limits nor records go by it. So nobody is trusted to name one, and
 * what a request says of who sent it changes nothing, and goes nowhere.
 */
class ForgedHeadersIT {
    private static final String KEY = "0123456789abcdef-team";
    private static final String FORGED = "203.0.113.77";
    private static final String AUTH = """
        auth:
          mode: keys
          admin-token: a-token-that-is-long
          keys:
            - { id: team, secret: %s, scopes: [call, explain, read, admin] }
        """.formatted(KEY);
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final List<String> HEADERS = List.of(
            "x-forwarded-for",
            "x-real-ip",
            "forwarded",
            "x-forwarded-host",
            "x-forwarded-proto",
            "true-client-ip",
            "cf-connecting-ip",
            "x-client-ip",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override");

    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams("adaptive", AUTH);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private static HttpRequest.Builder forging(URI uri, String value) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        HEADERS.forEach(name -> request.header(name, name.equals("forwarded") ? "for=" + value : value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return fleet.client.send(request.build(), BodyHandlers.ofString());
    }

    private URI admin(String path) {
        return URI.create("http://127.0.0.1:" + fleet.gateway.adminPort() + path);
    }

    @Test
    void who_says_to_be_from_this_machine_still_needs_a_key() throws Exception {
        for (String local : List.of("127.0.0.1", "localhost", "::1", "/livez")) {
            assertThat(send(forging(fleet.api("/v1/models"), local)).statusCode())
                    .as(local)
                    .isEqualTo(401);
            assertThat(send(forging(admin("/admin/fleet"), local)).statusCode())
                    .as(local)
                    .isEqualTo(401);
        }
    }

    @Test
    void a_forged_address_reaches_no_vendor_no_record_and_no_log() throws Exception {
        List<String> seen = new ArrayList<>();
        try (Heard heard = Heard.listening()) {
            HttpResponse<String> reply = send(forging(fleet.api("/v1/chat/completions"), FORGED)
                    .header("content-type", "application/json")
                    .header("authorization", "Bearer " + KEY)
                    .POST(HttpRequest.BodyPublishers.ofString(BODY)));
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            seen.add(reply.headers().map() + reply.body());
            String decision = reply.headers().firstValue("x-tierway-decision").orElseThrow();
            for (URI uri :
                    List.of(fleet.api("/v1/route/decisions/" + decision), admin("/admin/history"), admin("/metrics"))) {
                HttpResponse<String> page = send(HttpRequest.newBuilder(uri).header("authorization", "Bearer " + KEY));
                assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
                seen.add(page.body());
            }
            seen.addAll(heard.lines());
        }
        fleet.a.recorded().forEach(request -> seen.add(String.valueOf(request.headers())));
        assertThat(fleet.a.recorded()).isNotEmpty();

        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(FORGED));
    }

    @Test
    void a_page_of_another_origin_is_given_nothing_to_read() throws Exception {
        for (URI uri : List.of(fleet.api("/v1/chat/completions"), fleet.api("/livez"), admin("/admin/fleet"))) {
            HttpResponse<String> asked = send(HttpRequest.newBuilder(uri)
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("origin", "https://evil.example")
                    .header("access-control-request-method", "POST")
                    .header("access-control-request-headers", "authorization, content-type"));
            assertThat(asked.statusCode()).as(asked.body()).isIn(401, 405);
            assertThat(asked.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        }
        HttpResponse<String> read = send(HttpRequest.newBuilder(fleet.api("/v1/models"))
                .header("authorization", "Bearer " + KEY)
                .header("origin", "https://evil.example"));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }
}
