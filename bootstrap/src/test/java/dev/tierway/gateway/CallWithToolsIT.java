package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.adapter.providers.bedrock.ConverseBridge;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.tools.Param;
import dev.tierway.application.tools.Tool;
import dev.tierway.application.tools.ToolAnswer;
import dev.tierway.application.tools.ToolEnd;
import dev.tierway.application.tools.ToolEvent;
import dev.tierway.application.tools.ToolOptions;
import dev.tierway.application.tools.ToolStream;
import dev.tierway.application.tools.ToolUse;
import dev.tierway.domain.catalogue.Target;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversation with tools in every native dialect, whole and streamed. */
class CallWithToolsIT {
    private static final String MODEL = """
          - { id: %1$s, tier: mid, use-cases: [chat], capabilities: [tools], max-output-tokens: 1000, replicas: [ { provider: %1$s, upstream-model: upstream-model, price: { input: 1, output: 2 } } ] }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> cities = new CopyOnWriteArrayList<>();
    private SimulatedServer server;
    private ConverseBridge bridge;
    private ToolVendors vendors;
    private Tierway tierway;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "sim", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        bridge = new ConverseBridge(vertx, server.port());
        vendors = new ToolVendors();
        String root = "http://127.0.0.1:" + server.port();
        String config = """
            providers:
              - { id: openai, kind: openai-compatible, base-url: "%2$s" }
              - { id: anthropic, kind: anthropic, base-url: "%1$s", api-key: k }
              - { id: gemini, kind: gemini, base-url: "%2$s", api-key: k }
              - { id: azure, kind: azure-openai, base-url: "%1$s", api-key: k, azure: { api-version: 2024-10-21 } }
              - { id: bedrock, kind: bedrock, base-url: "%3$s", aws: { region: eu-central-1, access-key: AKID, secret-key: s } }
              - { id: ollama, kind: ollama, base-url: "%4$s" }
              - { id: cohere, kind: cohere, base-url: "%4$s", api-key: k }
              - { id: simulated, kind: simulated }
            routing: { probes: { local: false } }
            routes: { all: { targets: [openai, anthropic], strategy: priority } }
            storage: { ledger: { store: memory }, quota: { store: memory } }
            models:
            """.formatted(root, server.baseUrl(), bridge.url(), vendors.url());
        for (String id :
                List.of("openai", "anthropic", "gemini", "azure", "bedrock", "ollama", "cohere", "simulated")) {
            config += MODEL.formatted(id);
        }
        tierway =
                Tierway.builder().config(GatewayConfig.parse(config, Map.of())).build();
    }

    @AfterEach
    void stop() throws Exception {
        tierway.close();
        bridge.close();
        vendors.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What the conversation may use. */
    public final class Weather {
        @Tool("Says how the weather is.")
        public String weather(@Param(name = "city", value = "a town") String city) {
            cities.add(city);
            return "sunny";
        }
    }

    private static ChatRequest asking() {
        return ChatRequest.builder()
                .user("Bern")
                .toolChoice(new ToolChoice.Required())
                .build();
    }

    private ToolOptions tools() {
        return ToolOptions.builder().tools(Tierway.toolsOf(new Weather())).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "azure", "bedrock", "ollama", "cohere", "simulated"})
    void the_model_calls_the_tool_and_answers_with_what_it_read(String model) {
        ToolAnswer answer = tierway.callWithTools(Target.model(model), asking(), CallOptions.NONE, tools());

        check(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "azure", "bedrock", "ollama", "cohere", "simulated"})
    void and_streams(String model) {
        boolean started = false;
        try (ToolStream stream = tierway.streamWithTools(Target.model(model), asking(), CallOptions.NONE, tools())) {
            for (ToolEvent event : stream) {
                started |= event instanceof ToolEvent.ToolStarted;
            }
            check(stream.answer());
            assertThat(stream.text()).isEqualTo(stream.answer().text()).isNotEmpty();
        }
        assertThat(started).isTrue();
    }

    private void check(ToolAnswer answer) {
        assertThat(answer.end()).isEqualTo(new ToolEnd.Answered());
        assertThat(answer.steps()).hasSize(2);
        assertThat(answer.steps().getFirst().uses()).singleElement().satisfies(use -> {
            assertThat(use.end()).isEqualTo(ToolUse.End.DONE);
            assertThat(use.outcome().text()).isEqualTo("sunny");
        });
        assertThat(cities).containsExactly("Bern");
        assertThat(answer.text()).isNotEmpty();
        assertThat(answer.usage().total()).isPositive();
        assertThat(answer.cost()).isNotNull();
    }

    @Test
    void a_route_serves_each_step_like_any_other_call() {
        ToolAnswer answer = tierway.callWithTools(Target.parse("all"), asking(), CallOptions.NONE, tools());

        assertThat(answer.steps())
                .allSatisfy(step ->
                        assertThat(step.selection().features().ask().address()).isEqualTo("all"));
    }
}
