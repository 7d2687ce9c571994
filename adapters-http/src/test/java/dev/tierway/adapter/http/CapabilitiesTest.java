package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/capabilities}, and calls that come round again. */
class CapabilitiesTest {
    @Test
    void what_a_model_can_be_asked_and_of_whom_is_told() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            HttpResponse<String> response = gateway.get("/v1/capabilities");

            assertThat(response.statusCode()).isEqualTo(200);
            JsonNode model = TestGateway.json(response.body()).path("models").path(0);
            assertThat(model.path("id").asText()).isEqualTo("gpt-x");
            assertThat(model.path("capabilities")).hasToString("[\"tools\"]");
            assertThat(model.path("context_window").asInt()).isEqualTo(8_000);
            assertThat(model.path("max_output_tokens").isNull()).isTrue();
            assertThat(model.path("lacks"))
                    .as("what neither of both can be told")
                    .hasToString("[\"seed\"]");
            assertThat(model.path("providers").path(0).path("lacks")).hasToString("[\"seed\",\"n\"]");
        }
    }

    @Test
    void each_kind_of_provider_is_told_with_what_it_lacks() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            JsonNode kind = TestGateway.json(gateway.get("/v1/capabilities").body())
                    .path("provider_kinds")
                    .path(0);

            assertThat(kind.path("kind").asText()).isEqualTo("box");
            assertThat(kind.path("auth").asText()).isEqualTo("none");
            assertThat(kind.path("key_variable").isNull()).isTrue();
            assertThat(kind.path("formats")).hasToString("[\"openai-chat\"]");
            assertThat(kind.path("lacks")).hasToString("[\"seed\",\"n\"]");
        }
    }

    @Test
    void a_call_that_has_been_here_is_a_routing_loop() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            HttpResponse<String> response = gateway.chat(
                    TestGateway.BODY, "via", "1.1 nginx, 1.1 " + TestGateway.VIA.name() + ", 1.1 tierway-other");

            assertThat(response.statusCode()).isEqualTo(508);
            assertThat(TestGateway.json(response.body())
                            .path("error")
                            .path("code")
                            .asText())
                    .isEqualTo("routing_loop");
            assertThat(gateway.calls.noneArrived()).isTrue();
        }
    }
}
