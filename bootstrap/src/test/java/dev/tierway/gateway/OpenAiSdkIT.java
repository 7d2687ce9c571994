package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java SDK against a gateway, with nothing changed but its base URL. */
class OpenAiSdkIT {
    private TwoUpstreams fleet;
    private OpenAIClient client;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(fleet.api("/v1").toString())
                .apiKey("sk-unused")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        fleet.close();
    }

    private static ChatCompletionCreateParams.Builder asking(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("What is a spine?");
    }

    @Test
    void gets_a_whole_answer_by_tier_by_model_and_by_replica() {
        for (String address : List.of("tier:mid/code", "m", "b/m")) {
            ChatCompletion answer =
                    client.chat().completions().create(asking(address).build());
            assertThat(answer.choices().getFirst().message().content().orElseThrow())
                    .contains("What is a spine?");
            assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();
        }
        assertThat(fleet.b.counts().requests()).isEqualTo(1);
    }

    @Test
    void gets_a_stream_with_its_usage() {
        ChatCompletionCreateParams params = asking("tier:mid/code")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        StringBuilder text = new StringBuilder();
        long[] tokens = {0};
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(chunk -> {
                chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append));
                chunk.usage().ifPresent(usage -> tokens[0] = usage.completionTokens());
            });
        }
        assertThat(text.toString()).contains("What is a spine?");
        assertThat(tokens[0]).isPositive();
    }

    @Test
    void a_stream_without_asking_for_usage_shows_none() {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asking("m").build())) {
            assertThat(stream.stream().filter(chunk -> chunk.usage().isPresent()))
                    .isEmpty();
        }
    }

    @Test
    void gets_a_tool_call() {
        FunctionParameters parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                .build();
        ChatCompletion answer = client.chat()
                .completions()
                .create(asking("tier:mid/chat")
                        .addTool(ChatCompletionFunctionTool.builder()
                                .function(FunctionDefinition.builder()
                                        .name("weather")
                                        .parameters(parameters)
                                        .build())
                                .build())
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                        .build());
        var call = answer.choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).startsWith("{");
    }

    @Test
    void gets_json_when_it_asks_for_json() throws Exception {
        ChatCompletion answer = client.chat()
                .completions()
                .create(asking("m")
                        .responseFormat(ResponseFormatJsonObject.builder().build())
                        .build());
        String text = answer.choices().getFirst().message().content().orElseThrow();
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(text)
                        .isObject())
                .isTrue();
    }

    @Test
    void gets_typed_errors() {
        NotFoundException unknown = catchThrowableOfType(
                NotFoundException.class,
                () -> client.chat().completions().create(asking("no-such-model").build()));
        assertThat(unknown.code()).contains("model_not_found");
        fleet.a.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(500)));
        fleet.b.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(500)));
        InternalServerException failed = catchThrowableOfType(
                InternalServerException.class,
                () -> client.chat().completions().create(asking("m").build()));
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.code()).contains("upstream_error");
    }

    @Test
    void lists_models() {
        assertThat(client.models().list().data())
                .anySatisfy(model -> assertThat(model.id()).isEqualTo("m"));
    }

    @Test
    void gets_json_of_a_schema_about_an_image() throws Exception {
        ChatCompletionContentPartImage image = ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                        .url("data:image/png;base64,iVBORw0KGgo=")
                        .build())
                .build();
        ResponseFormatJsonSchema.JsonSchema.Schema schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("colour", Map.of("type", "string"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("colour")))
                .build();
        ChatCompletion answer = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("seeing")
                        .addUserMessageOfArrayOfContentParts(List.of(
                                ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                        .text("Which colour?")
                                        .build()),
                                ChatCompletionContentPart.ofImageUrl(image)))
                        .responseFormat(ResponseFormatJsonSchema.builder()
                                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                        .name("answer")
                                        .schema(schema)
                                        .build())
                                .build())
                        .logprobs(true)
                        .topLogprobs(2)
                        .build());
        String text = answer.choices().getFirst().message().content().orElseThrow();
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(text)
                        .has("colour"))
                .isTrue();
    }

    @Test
    void gets_embeddings() {
        CreateEmbeddingResponse answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("embedding")
                        .inputOfArrayOfStrings(List.of("one", "two"))
                        .dimensions(8)
                        .build());
        assertThat(answer.data())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.embedding()).hasSize(8));
        assertThat(answer.usage().promptTokens()).isPositive();
    }

    @Test
    void gets_a_response_whole_and_streamed() {
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("tier:mid/chat")
                .input("What is a spine?")
                .build();
        Response whole = client.responses().create(params);
        String text = text(whole);
        assertThat(text).contains("What is a spine?");
        assertThat(whole.usage().orElseThrow().outputTokens()).isPositive();
        StringBuilder told = new StringBuilder();
        Response[] last = new Response[1];
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
            stream.stream().forEach(event -> {
                event.outputTextDelta().ifPresent(delta -> told.append(delta.delta()));
                event.completed().ifPresent(completed -> last[0] = completed.response());
            });
        }
        assertThat(told.toString()).contains("What is a spine?").isEqualTo(text(last[0]));
    }

    private static String text(Response response) {
        return response.output()
                .getFirst()
                .asMessage()
                .content()
                .getFirst()
                .asOutputText()
                .text();
    }

    @Test
    void gets_a_legacy_completion() {
        Completion answer = client.completions()
                .create(CompletionCreateParams.builder()
                        .model("m")
                        .prompt("Once upon a time")
                        .maxTokens(50)
                        .build());
        assertThat(answer.choices().getFirst().text()).contains("Once upon a time");
    }
}
