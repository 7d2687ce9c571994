package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.When;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's models of OpenAI against a gateway, with nothing changed but their base URL. */
class LangChain4jIT {
    private static final JsonObjectSchema CITY = JsonObjectSchema.builder()
            .addStringProperty("city")
            .required("city")
            .build();

    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private ChatModel asking(String model, int retries) {
        return OpenAiChatModel.builder()
                .baseUrl(fleet.api("/v1").toString())
                .apiKey("sk-unused")
                .modelName(model)
                .maxRetries(retries)
                .strictJsonSchema(true)
                .build();
    }

    private StreamingChatModel streaming(String model) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(fleet.api("/v1").toString())
                .apiKey("sk-unused")
                .modelName(model)
                .build();
    }

    private static ChatResponse get(CompletableFuture<ChatResponse> answer) throws Exception {
        return answer.get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Collects a stream. */
    private static final class Listening implements StreamingChatResponseHandler {
        private final StringBuffer text = new StringBuffer();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private int pieces;

        @Override
        public void onPartialResponse(String piece) {
            text.append(piece);
            pieces++;
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }

    @Test
    void gets_a_whole_answer_by_tier_by_model_and_by_replica() {
        for (String address : List.of("tier:mid/code", "m", "b/m")) {
            ChatResponse answer = asking(address, 0).chat(UserMessage.from("What is a spine?"));

            assertThat(answer.aiMessage().text()).contains("What is a spine?");
            assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        }
        assertThat(fleet.b.counts().requests()).isEqualTo(1);
    }

    @Test
    void gets_a_stream_with_its_usage() throws Exception {
        Listening listening = new Listening();

        streaming("tier:mid/chat").chat("What is a spine?", listening);

        ChatResponse whole = get(listening.whole);
        assertThat(listening.pieces).isGreaterThan(1);
        assertThat(listening.text.toString())
                .contains("What is a spine?")
                .isEqualTo(whole.aiMessage().text());
        assertThat(whole.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void calls_a_tool_and_tells_what_came_of_it() {
        ToolSpecification weather =
                ToolSpecification.builder().name("weather").parameters(CITY).build();
        UserMessage question = UserMessage.from("How is it in Bergen?");
        ChatModel model = asking("tier:mid/chat", 0);

        ChatResponse asked = model.chat(ChatRequest.builder()
                .messages(question)
                .toolSpecifications(weather)
                .toolChoice(ToolChoice.REQUIRED)
                .build());
        ToolExecutionRequest call = asked.aiMessage().toolExecutionRequests().getFirst();
        ChatResponse answered = model.chat(ChatRequest.builder()
                .messages(question, asked.aiMessage(), ToolExecutionResultMessage.from(call, "rain"))
                .toolSpecifications(weather)
                .build());

        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).startsWith("{");
        assertThat(asked.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(answered.aiMessage().text()).isNotBlank();
    }

    @Test
    void gets_a_tool_call_in_a_stream() throws Exception {
        Listening listening = new Listening();

        streaming("m")
                .chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("How is it in Bergen?"))
                                .toolSpecifications(ToolSpecification.builder()
                                        .name("weather")
                                        .parameters(CITY)
                                        .build())
                                .toolChoice(ToolChoice.REQUIRED)
                                .build(),
                        listening);

        assertThat(get(listening.whole).aiMessage().toolExecutionRequests())
                .singleElement()
                .satisfies(call -> assertThat(call.name()).isEqualTo("weather"));
    }

    @Test
    void gets_json_of_a_schema_about_an_image() throws Exception {
        ChatResponse answer = asking("seeing", 0)
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from(
                                TextContent.from("Which city?"), ImageContent.from("iVBORw0KGgo=", "image/png")))
                        .responseFormat(ResponseFormat.builder()
                                .type(ResponseFormatType.JSON)
                                .jsonSchema(JsonSchema.builder()
                                        .name("answer")
                                        .rootElement(CITY)
                                        .build())
                                .build())
                        .build());

        assertThat(new ObjectMapper().readTree(answer.aiMessage().text()).has("city"))
                .isTrue();
    }

    @Test
    void gets_embeddings() {
        var answer = OpenAiEmbeddingModel.builder()
                .baseUrl(fleet.api("/v1").toString())
                .apiKey("sk-unused")
                .modelName("embedding")
                .dimensions(8)
                .maxRetries(0)
                .build()
                .embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));

        assertThat(answer.content())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.dimension()).isEqualTo(8));
    }

    @Test
    void gets_typed_errors() {
        assertThatThrownBy(() -> asking("no-such-model", 0).chat("hello")).isInstanceOf(ModelNotFoundException.class);

        SimulatedScript full = SimulatedScript.HEALTHY.fault(ScriptedFault.status(429));
        fleet.a.scripts().standard(full);
        fleet.b.scripts().standard(full);

        assertThatThrownBy(() -> asking("m", 0).chat("hello")).isInstanceOf(RateLimitException.class);
    }

    @Test
    void its_own_retry_finds_the_gateway_recovered() {
        fleet.a
                .scripts()
                .standard(
                        SimulatedScript.HEALTHY.fault(ScriptedFault.status(500).on(new When.Between(1, 1))));
        fleet.b
                .scripts()
                .standard(
                        SimulatedScript.HEALTHY.fault(ScriptedFault.status(500).on(new When.Between(1, 1))));

        assertThat(asking("m", 2).chat("hello")).contains("hello");
    }

    @Test
    void a_stream_it_cancels_is_cancelled_at_the_vendor() throws Exception {
        fleet.a
                .scripts()
                .standard(SimulatedScript.HEALTHY
                        .latency(Duration.ofMillis(1), Duration.ofMillis(50))
                        .outputTokens(100_000));
        CompletableFuture<Void> cancelled = new CompletableFuture<>();

        streaming("a/m").chat("hello", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                context.streamingHandle().cancel();
                cancelled.complete(null);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                cancelled.completeExceptionally(new AssertionError("it ended"));
            }

            @Override
            public void onError(Throwable error) {
                cancelled.completeExceptionally(error);
            }
        });

        cancelled.get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(fleet.a
                        .awaitAborted(1)
                        .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .aborted())
                .isEqualTo(1);
    }
}
