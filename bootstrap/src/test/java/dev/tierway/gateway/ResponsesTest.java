package dev.tierway.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.bootstrap.Gateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses and legacy completions over HTTP: translated for providers of chats, passed to OpenAI as they are. */
class ResponsesTest {
    private static final String NATIVE = """
        providers: [{ id: own, kind: openai, base-url: "http://127.0.0.1:%d/v1", api-key: unused }]
        models: [{ id: n, tier: mid, use-cases: [chat], replicas: [{ provider: own, upstream-model: gpt-x }] }]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return fleet.post(path, body.replace('\'', '"'));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> {
                    try {
                        return json(line.substring("data: ".length()));
                    } catch (Exception e) {
                        throw new IllegalStateException(line, e);
                    }
                })
                .toList();
    }

    @Test
    void a_response_comes_from_a_provider_of_chats() throws Exception {
        HttpResponse<String> reply =
                post("/v1/responses", "{'model':'tier:mid/chat','instructions':'be brief','input':'What is a spine?'}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        JsonNode json = json(reply.body());
        assertThat(json.path("status").asText()).isEqualTo("completed");
        assertThat(json.at("/output/0/content/0/text").asText()).contains("What is a spine?");
        assertThat(json.at("/usage/output_tokens").asLong()).isPositive();
        assertThat(reply.headers().firstValue("x-tierway-replica")).contains("a/m");
    }

    @Test
    void a_streamed_response_ends_with_the_whole_of_it() throws Exception {
        HttpResponse<String> reply = post("/v1/responses", "{'model':'m','input':'hello','stream':true}");
        List<JsonNode> events = events(reply.body());
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .startsWith("response.created", "response.in_progress", "response.output_item.added")
                .endsWith("response.completed");
        StringBuilder told = new StringBuilder();
        events.stream()
                .filter(event -> event.path("type").asText().equals("response.output_text.delta"))
                .forEach(event -> told.append(event.path("delta").asText()));
        JsonNode last = events.getLast().path("response");
        assertThat(told.toString())
                .contains("hello")
                .isEqualTo(last.at("/output/0/content/0/text").asText());
        assertThat(last.at("/usage/total_tokens").asLong()).isPositive();
        assertThat(last.path("id")).isEqualTo(events.getFirst().at("/response/id"));
        assertThat(reply.body()).doesNotContain("[DONE]");
    }

    @Test
    void a_tool_is_called() throws Exception {
        String tools = "'tools':[{'type':'function','name':'weather','parameters':{'type':'object',"
                + "'properties':{'city':{'type':'string'}},'required':['city']}}],'tool_choice':'required'";
        JsonNode whole = json(
                post("/v1/responses", "{'model':'m','input':'x'," + tools + "}").body());
        assertThat(whole.at("/output/0/type").asText()).isEqualTo("function_call");
        assertThat(json(whole.at("/output/0/arguments").asText()).has("city")).isTrue();
        List<JsonNode> events = events(post("/v1/responses", "{'model':'m','input':'x','stream':true," + tools + "}")
                .body());
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .contains("response.function_call_arguments.delta", "response.function_call_arguments.done");
        assertThat(events.getLast().at("/response/output/0/name").asText()).isEqualTo("weather");
    }

    @Test
    void what_would_need_a_memory_is_refused() throws Exception {
        HttpResponse<String> reply = post("/v1/responses", "{'model':'m','input':'x','previous_response_id':'resp_1'}");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply.body()).at("/error/message").asText()).contains("send the whole conversation");
    }

    @Test
    void what_no_translation_knows_goes_to_nobody_here() throws Exception {
        HttpResponse<String> reply = post("/v1/responses", "{'model':'m','input':'x','tools':[{'type':'web_search'}]}");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply.body()).at("/error/code").asText()).isEqualTo("unsupported_parameter");
        assertThat(fleet.a.counts().requests()).isZero();
    }

    @Test
    void a_stream_that_breaks_ends_with_an_error_event() throws Exception {
        SimulatedScript cut = SimulatedScript.HEALTHY.fault(
                ScriptedFault.of(SimulatedFault.RESET).at(Stage.MID_STREAM));
        fleet.a.scripts().standard(cut);
        HttpRequest asked = fleet.request("/v1/responses", "{\"model\":\"a/m\",\"input\":\"x\",\"stream\":true}");
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (InputStream reply = fleet.client
                .send(asked, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThatThrownBy(() -> reply.transferTo(heard)).isInstanceOf(IOException.class);
        }
        assertThat(events(heard.toString(UTF_8)).getLast().path("type").asText())
                .isEqualTo("error");
    }

    @Test
    void a_legacy_completion_goes_on_with_its_prompt() throws Exception {
        JsonNode whole = json(post("/v1/completions", "{'model':'m','prompt':'Once','max_tokens':50}")
                .body());
        assertThat(whole.path("object").asText()).isEqualTo("text_completion");
        assertThat(whole.at("/choices/0/text").asText()).contains("Once");
        HttpResponse<String> streamed = post(
                "/v1/completions",
                "{'model':'m','prompt':'Once','max_tokens':50,'stream':true,'stream_options':{'include_usage':true}}");
        StringBuilder text = new StringBuilder();
        events(streamed.body())
                .forEach(event -> text.append(event.at("/choices/0/text").asText("")));
        assertThat(text.toString()).contains("Once");
        assertThat(events(streamed.body()).getLast().at("/usage/total_tokens").asLong())
                .isPositive();
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void openai_itself_gets_and_gives_the_bytes_as_they_are() throws Exception {
        String whole =
                "{\"id\":\"resp_1\",\"object\":\"response\",\"output\":[{\"type\":\"web_search_call\"}],\"usage\":"
                        + "{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}";
        String stream = "event: response.created\n"
                + "data: {\"type\":\"response.created\",\"response\":{}}\n\n"
                + "event: response.output_text.delta\n"
                + "data: {\"type\":\"response.output_text.delta\",\"delta\":\"hi\"}\n\n"
                + "event: response.completed\n"
                + "data: {\"type\":\"response.completed\",\"response\":" + whole + "}\n\n";
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/v1", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(exchange.getRequestURI() + " " + body);
            boolean streams = body.contains("\"stream\":true");
            exchange.getResponseHeaders().set("content-type", streams ? "text/event-stream" : "application/json");
            byte[] reply = (streams ? stream : whole).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        vendor.start();
        try (Gateway gateway = Gateway.start(
                        GatewayConfig.parse(NATIVE.formatted(vendor.getAddress().getPort()), Map.of()));
                HttpClient client = HttpClient.newHttpClient()) {
            String body = "{\"model\":\"n\",\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]%s}";
            HttpResponse<String> unary = send(client, gateway, body.formatted(""));
            HttpResponse<String> streamed = send(client, gateway, body.formatted(",\"stream\":true"));
            assertThat(unary.body()).isEqualTo(whole);
            assertThat(streamed.body()).isEqualTo(stream);
            assertThat(asked)
                    .containsExactly(
                            "/v1/responses"
                                + " {\"store\":false,\"model\":\"gpt-x\",\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]}",
                            "/v1/responses"
                                + " {\"store\":false,\"model\":\"gpt-x\",\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}],\"stream\":true}");
        } finally {
            vendor.stop(0);
        }
    }

    private static HttpResponse<String> send(HttpClient client, Gateway gateway, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/responses"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
