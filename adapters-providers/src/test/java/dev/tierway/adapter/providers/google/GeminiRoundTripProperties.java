package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What Gemini said comes back to it as it said it: a turn that is read and sent again is the same turn. */
class GeminiRoundTripProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void an_answer_sent_back_is_the_answer(@ForAll("turns") ChatMessage turn) throws Exception {
        // Its own memory for each direction: all that is known must travel with the message.
        JsonNode sent = JSON.readTree(new RequestEncoder(true, new ThoughtSignatures())
                .encode(ChatRequest.builder().user("x").message(turn).build(), "gemini-2.5-pro"));
        String reply = JSON.createObjectNode()
                .set(
                        "candidates",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("finishReason", "STOP")
                                        .set("content", sent.at("/contents/1"))))
                .toString();
        ChatMessage read = new GeminiDecoder("id", "m", 0, new ThoughtSignatures())
                .whole(reply.getBytes(StandardCharsets.UTF_8))
                .choices()
                .getFirst()
                .message();
        assertThat(read).isEqualTo(turn);
    }

    @Provide
    Arbitrary<ChatMessage> turns() {
        Arbitrary<String> text =
                Arbitraries.strings().withChars("aü€ \"\\\n:{}").ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> signature =
                Arbitraries.strings().alpha().withChars("+/=:").ofMinLength(1).ofMaxLength(12);
        Arbitrary<List<Part>> thoughts = Combinators.combine(text, signature)
                .as((words, seal) -> (Part) new Part.Reasoning(words, seal, "google"))
                .list()
                .ofMaxSize(2);
        Arbitrary<Boolean> signed = Arbitraries.of(true, false);
        Arbitrary<List<Call>> calls = Combinators.combine(text, text, signature, signed)
                .as(Call::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(thoughts, text, signature, signed, calls).as(GeminiRoundTripProperties::turn);
    }

    private record Call(String name, String argument, String signature, boolean signed) {}

    private static ChatMessage turn(
            List<Part> thoughts, String text, String signature, boolean signed, List<Call> called) {
        List<Part> parts = new ArrayList<>(thoughts);
        parts.add(new Part.Text(text));
        if (signed) {
            parts.add(new Part.SealedReasoning(ThoughtSignatures.sealText(signature), "google"));
        }
        List<ToolCall> calls = new ArrayList<>();
        for (Call call : called) {
            String id = "call:" + calls.size();
            calls.add(new ToolCall(
                    id,
                    call.name,
                    new JsonText(JSON.createObjectNode().put("a", call.argument).toString())));
            if (call.signed) {
                parts.add(new Part.SealedReasoning(ThoughtSignatures.sealCall(id, call.signature), "google"));
            }
        }
        return new ChatMessage(Role.ASSISTANT, parts, null, calls, null);
    }
}
