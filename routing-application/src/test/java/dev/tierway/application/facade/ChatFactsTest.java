package dev.tierway.application.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.domain.catalogue.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What routing learns of a request in neutral types. */
class ChatFactsTest {
    private static RequestFacts of(Part... parts) {
        return ChatFacts.of(
                ChatRequest.builder()
                        .message(new ChatMessage(Role.USER, List.of(parts), null, List.of(), null))
                        .build(),
                false);
    }

    @Test
    void text_is_counted_in_bytes_wherever_the_model_reads_it() {
        JsonText schema = new JsonText("{\"a\":1}");
        RequestFacts facts = ChatFacts.of(
                ChatRequest.builder()
                        .system("1234")
                        .user("äö")
                        .message(ChatMessage.assistant(List.of(new ToolCall("id", "name", new JsonText("{}")))))
                        .tool(new ToolDefinition("tool", "12345", schema, null))
                        .build(),
                true);

        assertThat(facts.textBytes()).isEqualTo(4 + 4 + 4 + 2 + 4 + 5 + 7);
        assertThat(facts.needs()).containsExactly(Capability.TOOLS);
        assertThat(facts.stream()).isTrue();
    }

    @Test
    void media_need_capabilities_and_count_as_tokens() {
        RequestFacts facts = of(
                new Part.Image("image/png", "aaaa", null),
                new Part.ImageUrl("https://example.org/x.png", null),
                new Part.Audio("wav", "aaaa"));

        assertThat(facts.needs()).containsExactly(Capability.VISION, Capability.IMAGE_URL, Capability.AUDIO);
        assertThat(facts.mediaTokens()).isEqualTo(3000);
    }

    @Test
    void a_signature_ties_the_request_to_its_vendor() {
        assertThat(of(new Part.Reasoning("hm", "sig", "anthropic")).signatureDomain())
                .isEqualTo("anthropic");
        assertThat(of(new Part.Reasoning("hm", null, null)).signatureDomain()).isNull();
    }

    @Test
    void formats_and_effort_need_capabilities() {
        RequestFacts json = ChatFacts.of(
                ChatRequest.builder()
                        .user("x")
                        .responseFormat(new ResponseFormat.JsonObject())
                        .reasoningEffort("high")
                        .maxOutputTokens(7L)
                        .choices(2)
                        .build(),
                false);

        assertThat(json.needs()).containsExactly(Capability.JSON, Capability.REASONING);
        assertThat(json.maxOutput()).isEqualTo(7);
        assertThat(json.choices()).isEqualTo(2);
    }
}
