package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolUseBlock;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anthropic's own Java SDK against a gateway, with nothing changed but its base URL; {@code g} is asked as OpenAI. */
class AnthropicSdkIT {
    private MixedUpstreams fleet;
    private AnthropicClient client;

    @BeforeEach
    void start() throws Exception {
        fleet = new MixedUpstreams();
        client = AnthropicOkHttpClient.builder()
                .baseUrl(fleet.api("").toString())
                .apiKey("sk-unused")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        fleet.close();
    }

    private static MessageCreateParams.Builder asking(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(500).addUserMessage("What is a spine?");
    }

    private static MessageCreateParams callingATool(String model) {
        Tool.InputSchema schema = Tool.InputSchema.builder()
                .properties(Tool.InputSchema.Properties.builder()
                        .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                        .build())
                .addRequired("city")
                .build();
        return asking(model)
                .addTool(Tool.builder().name("weather").inputSchema(schema).build())
                .toolChoice(ToolChoiceAny.builder().build())
                .build();
    }

    private Message streamed(MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    @Test
    void gets_a_whole_answer_by_tier_by_model_and_by_replica_whatever_its_provider_speaks() {
        for (String address : List.of("tier:mid/code", "c", "g", "gpt/g")) {
            Message answer = client.messages().create(asking(address).build());
            assertThat(answer.content().getFirst().asText().text()).contains("What is a spine?");
            assertThat(answer.usage().outputTokens()).isPositive();
            assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        }
        assertThat(fleet.gpt.counts().requests()).isEqualTo(2);
    }

    @Test
    void gets_a_stream_that_adds_up_to_a_message() {
        for (String model : List.of("c", "g")) {
            Message answer = streamed(asking(model).build());
            assertThat(answer.content().getFirst().asText().text()).contains("What is a spine?");
            assertThat(answer.usage().outputTokens()).isPositive();
            assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        }
    }

    @Test
    void gets_a_tool_call_whole_and_in_a_stream() {
        for (String model : List.of("c", "g")) {
            for (Message answer :
                    List.of(client.messages().create(callingATool(model)), streamed(callingATool(model)))) {
                assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
                ToolUseBlock call = answer.content().getFirst().asToolUse();
                assertThat(call.name()).isEqualTo("weather");
                assertThat(call._input().convert(Map.class)).containsKey("city");
            }
        }
    }

    @Test
    void gets_typed_errors() {
        NotFoundException unknown = catchThrowableOfType(
                NotFoundException.class,
                () -> client.messages().create(asking("no-such-model").build()));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.getMessage()).contains("no-such-model");
        fleet.gpt.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(500)));
        InternalServerException failed = catchThrowableOfType(
                InternalServerException.class,
                () -> client.messages().create(asking("g").build()));
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.getMessage()).contains("upstream_error");
    }

    @Test
    void counts_tokens_and_lists_models() {
        long tokens = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("c")
                        .addUserMessage("What is a spine?")
                        .build())
                .inputTokens();
        assertThat(tokens).isPositive();
        assertThat(client.models().list().data())
                .anySatisfy(model -> assertThat(model.id()).isEqualTo("c"));
    }
}
