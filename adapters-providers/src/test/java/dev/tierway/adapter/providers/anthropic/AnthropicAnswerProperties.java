package dev.tierway.adapter.providers.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.providers.Turns;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What Anthropic said goes back to it as it said it. */
class AnthropicAnswerProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Provide
    Arbitrary<ChatMessage> turns() {
        return Turns.of(AnthropicApi.VENDOR);
    }

    @Property(tries = 300)
    void an_answer_sent_back_is_the_answer(@ForAll("turns") ChatMessage turn) throws Exception {
        JsonNode sent = JSON.readTree(MessagesRequestEncoder.encode(
                ChatRequest.builder().user("x").message(turn).build(), "claude-opus-5", null, false));
        JsonNode content = sent.at("/messages/1/content");
        ObjectNode reply = JSON.createObjectNode().put("type", "message").put("stop_reason", "end_turn");
        reply.set(
                "content",
                content.isArray()
                        ? content
                        : JSON.createArrayNode()
                                .add(JSON.createObjectNode().put("type", "text").set("text", content)));
        ChatMessage read = new MessagesDecoder(new UsageTally(0), () -> 0)
                .whole(reply.toString().getBytes(UTF_8))
                .choices()
                .getFirst()
                .message();
        assertThat(read).isEqualTo(turn);
    }
}
