package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.options.CallOptionsReader;
import dev.tierway.adapter.http.server.OpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI documents describe what there is, and hold together. */
class OpenApiTest {
    private static JsonNode document(String name) throws IOException {
        try (InputStream stream = OpenApi.class.getResourceAsStream(name)) {
            return TestGateway.json(new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<String> described(JsonNode document) {
        List<String> described = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return described;
    }

    @Test
    void every_endpoint_of_the_api_port_is_described_and_no_other() throws IOException {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(described(document("openapi-api.json")))
                    .containsExactlyInAnyOrderElementsOf(gateway.server.endpoints());
        }
    }

    @Test
    void every_endpoint_of_the_admin_port_is_described_and_no_other() throws IOException {
        assertThat(described(document("openapi-admin.json")))
                .containsExactlyInAnyOrderElementsOf(
                        ReferencePage.read("http.md").firstColumn("endpoint", "## Admin port"));
    }

    @Test
    void the_options_of_a_call_are_the_codes() throws IOException {
        List<String> options = new ArrayList<>();
        document("openapi-api.json")
                .at("/components/schemas/CallOptions/properties")
                .fieldNames()
                .forEachRemaining(options::add);
        assertThat(options).containsExactlyInAnyOrderElementsOf(CallOptionsReader.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi-api.json", "openapi-admin.json"})
    void what_is_referred_to_is_there_and_every_operation_has_a_name_of_its_own(String name) throws IOException {
        JsonNode document = document(name);
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
        assertThat(document.findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .hasSize(described(document).size());
        document.path("paths")
                .forEach(path -> path.forEach(
                        operation -> assertThat(operation.path("responses").size())
                                .as(operation.path("operationId").asText())
                                .isGreaterThanOrEqualTo(2)));
    }

    @Test
    void a_running_gateway_serves_it() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(TestGateway.json(gateway.get("/openapi.json").body())).isEqualTo(document("openapi-api.json"));
        }
    }

    @Test
    void every_option_but_state_is_described_as_a_header() throws IOException {
        JsonNode parameters = document("openapi-api.json").at("/components/parameters");
        for (String option : CallOptionsReader.names()) {
            assertThat(parameters.has(option)).as(option).isEqualTo(!option.equals("state"));
        }
        assertThat(parameters.at("/max_cost_usd/name").asText()).isEqualTo("x-tierway-max-cost-usd");
    }
}
