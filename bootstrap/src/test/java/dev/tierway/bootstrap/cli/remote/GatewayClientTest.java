package dev.tierway.bootstrap.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayClientTest {
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @ParameterizedTest
    @CsvSource({"200, <html>", "404, <html>", "500, [1]", "200, "})
    void what_is_no_gateway_is_told_so(int code, String content) {
        status = code;
        body = content == null ? "<!doctype html>" : content;

        try (GatewayClient client = GatewayClient.api(base())) {
            assertThatThrownBy(() -> client.get("/"))
                    .isInstanceOf(RemoteFailure.class)
                    .hasMessageContaining("is no Tierway gateway");
        }
    }

    @Test
    void an_api_without_a_fixed_port_must_be_named() {
        body = "{\"server\":{\"bind\":\"127.0.0.1\",\"port\":0}}";

        try (GatewayClient admin = GatewayClient.admin(base(), null)) {
            assertThatThrownBy(() -> ApiAddress.of(admin))
                    .isInstanceOf(RemoteFailure.class)
                    .hasMessageContaining("--api-url");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:9000",
        "0.0.0.0, http://127.0.0.1:9000",
        "::, http://127.0.0.1:9000",
        "::1, http://[::1]:9000",
        "10.0.0.7, http://10.0.0.7:9000"
    })
    void the_admin_port_says_where_the_api_is(String bind, String api) {
        body = "{\"server\":{\"bind\":\"" + bind + "\",\"port\":9000}}";

        try (GatewayClient admin = GatewayClient.admin(base(), null)) {
            assertThat(ApiAddress.of(admin)).isEqualTo(URI.create(api));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://gw:8081", "http://gw:8081/", "http://gw:8081/v1", " http://gw:8081/v1/ "})
    void a_base_url_may_be_typed_in_several_ways(String typed) {
        assertThat(Urls.base(typed)).isEqualTo(URI.create("http://gw:8081"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gw:8081", "http://", "http://user:secret@gw", "http://gw?x=1", "http://gw /", ""})
    void what_is_no_base_url_is_refused(String typed) {
        assertThatThrownBy(() -> Urls.base(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no URL");
    }
}
