package dev.tierway.adapter.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Golden;
import dev.tierway.adapter.providers.WholeConversation;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.Sampling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that a script has compared with the types of Anthropic's Python library (src/test/clients/vendor-sdks). */
class AnthropicGoldenTest {
    private static String written(ChatRequest request, String model) {
        return new String(MessagesRequestEncoder.encode(request, model, 8000, true), StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_conversation_is_written_as_the_library_would() throws IOException {
        ChatRequest request = WholeConversation.with(AnthropicApi.VENDOR)
                .toolsCached(new Part.CachePoint("1h"))
                .serviceTier("default")
                .build();
        assertThat(written(request, "claude-opus-5")).isEqualTo(Golden.body("anthropic-messages"));
    }

    @Test
    void a_budget_for_thoughts_is_written_as_the_library_would() throws IOException {
        ChatRequest request = WholeConversation.with(AnthropicApi.VENDOR)
                .toolChoice(null)
                .responseFormat(null)
                .parallelToolCalls(null)
                .sampling(new Sampling(null, null, 40L, null, null, null, List.of()))
                .reasoning(new Reasoning(null, 2000L, true))
                .build();
        assertThat(written(request, "claude-sonnet-4-5")).isEqualTo(Golden.body("anthropic-budget"));
    }
}
