package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a running gateway answers is what its own OpenAPI documents say. */
class OpenApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    /** Requests to endpoints that want a body: each must be valid by the document, and so must its answer. */
    private static final Map<String, List<String>> BODIES = Map.of(
            "/v1/chat/completions",
            List.of(
                    "{\"model\":\"g\",\"tierway\":{\"agent\":\"a\",\"tags\":{\"t\":\"1\"}}," + HI + "}",
                    "{\"model\":\"nobody\"," + HI + "}"),
            "/v1/messages",
            List.of(
                    "{\"model\":\"c\",\"max_tokens\":100," + HI + "}",
                    "{\"model\":\"nobody\",\"max_tokens\":100," + HI + "}"),
            "/v1/messages/count_tokens",
            List.of("{\"model\":\"c\"," + HI + "}"),
            "/v1/responses",
            List.of("{\"model\":\"c\",\"input\":\"hi\"}"),
            "/v1/completions",
            List.of("{\"model\":\"c\",\"prompt\":\"hi\"}"),
            "/v1/embeddings",
            List.of("{\"model\":\"g\",\"input\":\"hi\"}"),
            "/v1/route/explain",
            List.of("{\"model\":\"tier:mid\"," + HI + "}"));

    private static MixedUpstreams fleet;

    @BeforeAll
    static void start() throws Exception {
        fleet = new MixedUpstreams();
    }

    @AfterAll
    static void stop() throws Exception {
        fleet.close();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.set("allOf", JSON.createArrayNode().add(schema));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The answer is as the document says of that status. */
    private static void requireDescribed(JsonNode document, JsonNode operation, HttpResponse<String> reply)
            throws Exception {
        JsonNode responses = operation.path("responses");
        JsonNode response = responses.path(
                responses.has(String.valueOf(reply.statusCode())) ? String.valueOf(reply.statusCode()) : "default");
        if (response.has("$ref")) {
            response = document.at(response.get("$ref").asText().substring(1));
        }
        String type = reply.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
        JsonNode content = response.path("content").path(type);
        assertThat(content.isObject())
                .as("%s: %s is described", reply.uri(), type)
                .isTrue();
        if (type.equals("application/json")) {
            assertThat(problems(document, content.path("schema"), JSON.readTree(reply.body())))
                    .as("%s %s", reply.uri(), reply.body())
                    .isEmpty();
        }
    }

    private static void ask(int port, String path, JsonNode document, JsonNode operations) throws Exception {
        if (operations.has("get")) {
            HttpResponse<String> reply = get(port, path.replace("{id}", "g"));
            requireDescribed(document, operations.path("get"), reply);
            assertThat(reply.statusCode()).as(path).isIn(path.equals("/v1/route/decisions/{id}") ? 404 : 200);
        }
    }

    @Test
    void the_api_port_answers_as_its_document_says() throws Exception {
        int port = fleet.gateway.apiPort();
        JsonNode document = JSON.readTree(get(port, "/openapi.json").body());
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode operation = path.getValue().path("post");
            if (operation.isObject()) {
                assertThat(BODIES).as("a request for every endpoint").containsKey(path.getKey());
                JsonNode asked = operation.at("/requestBody/content/application~1json/schema");
                for (String body : BODIES.get(path.getKey())) {
                    assertThat(problems(document, asked, JSON.readTree(body)))
                            .as(body)
                            .isEmpty();
                    requireDescribed(document, operation, fleet.post(path.getKey(), body));
                }
            }
            ask(port, path.getKey(), document, path.getValue());
        }
    }

    @Test
    void the_admin_port_answers_as_its_document_says() throws Exception {
        int port = fleet.gateway.adminPort();
        JsonNode document = JSON.readTree(get(port, "/openapi.json").body());
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (!path.getKey().equals("/admin/events")) {
                ask(port, path.getKey(), document, path.getValue());
            }
        }
    }

    @Test
    void an_operators_order_is_valid_by_the_document_and_so_is_its_receipt() throws Exception {
        int port = fleet.gateway.adminPort();
        JsonNode document = JSON.readTree(get(port, "/openapi.json").body());
        JsonNode operation = document.at("/paths/~1admin~1phase/post");
        String body = "{\"replica\":\"gpt/g\",\"phase\":\"active\",\"for\":\"5m\",\"reason\":\"a try\"}";
        assertThat(problems(
                        document, operation.at("/requestBody/content/application~1json/schema"), JSON.readTree(body)))
                .isEmpty();
        HttpResponse<String> reply = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/phase"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        requireDescribed(document, operation, reply);
    }

    @Test
    void a_document_that_says_something_else_is_noticed() throws Exception {
        JsonNode schema = JSON.readTree("{\"type\":\"object\",\"required\":[\"nothing_has_this\"]}");
        assertThat(problems(JSON.createObjectNode(), schema, JSON.createObjectNode()))
                .isNotEmpty();
    }
}
