package dev.tierway.adapter.providers.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.providers.Turns;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a model on Bedrock said goes back to it as it said it. */
class BedrockAnswerProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Provide
    Arbitrary<ChatMessage> turns() {
        return Turns.of(ConverseApi.VENDOR);
    }

    @Property(tries = 300)
    void an_answer_sent_back_is_the_answer(@ForAll("turns") ChatMessage turn) throws Exception {
        JsonNode sent = JSON.readTree(ConverseRequestEncoder.encode(
                ChatRequest.builder().user("x").message(turn).build(), "anthropic.claude-sonnet-4-20250514-v1:0"));
        ObjectNode reply = JSON.createObjectNode().put("stopReason", "end_turn");
        reply.putObject("output").set("message", sent.at("/messages/1"));
        ChatMessage read = ConverseReply.read(reply.toString().getBytes(UTF_8), new ReplyNames("id", "m", 0))
                .choices()
                .getFirst()
                .message();
        assertThat(read).isEqualTo(turn);
    }
}
