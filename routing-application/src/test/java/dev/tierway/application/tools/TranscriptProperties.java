package dev.tierway.application.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.json.Json;
import dev.tierway.application.port.out.ToolOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a model says, what it is sent next is a conversation that every vendor takes. */
class TranscriptProperties {
    @Property(tries = 300)
    void each_call_has_its_result_right_after_its_turn_under_an_id_of_its_own(
            @ForAll("turns") List<ChatMessage> turns) {
        Transcript transcript = new Transcript(List.of(ChatMessage.user("begin")));
        for (ChatMessage turn : turns) {
            List<ToolCall> calls = transcript.heard(turn, TranscriptProperties::isObject);
            List<ToolUse> uses = new ArrayList<>();
            for (ToolCall call : calls) {
                uses.add(new ToolUse(
                        call, new ToolOutcome("r of " + call.id(), false), ToolUse.End.DONE, Duration.ZERO));
            }
            transcript.answered(uses);
        }

        Set<String> ids = new HashSet<>();
        List<ChatMessage> messages = transcript.messages();
        int at = 1;
        while (at < messages.size()) {
            ChatMessage turn = messages.get(at++);
            assertThat(turn.role()).isEqualTo(Role.ASSISTANT);
            assertThat(turn.parts().isEmpty() && turn.toolCalls().isEmpty()).isFalse();
            for (ToolCall call : turn.toolCalls()) {
                assertThat(call.id()).isNotBlank();
                assertThat(ids.add(call.id())).as("id %s is new", call.id()).isTrue();
                assertThat(isObject(call)).isTrue();
                ChatMessage result = messages.get(at++);
                assertThat(result.role()).isEqualTo(Role.TOOL);
                assertThat(result.toolCallId()).isEqualTo(call.id());
            }
        }
    }

    @Property(tries = 100)
    void without_signatures_nothing_of_one_vendor_is_left_and_no_call_is_lost(
            @ForAll("turns") List<ChatMessage> turns) {
        Transcript transcript = new Transcript(List.of(ChatMessage.user("begin")));
        turns.forEach(turn -> transcript.heard(turn, TranscriptProperties::isObject));
        long calls = count(transcript);

        transcript.unsign();

        assertThat(transcript.signed()).isFalse();
        assertThat(count(transcript)).isEqualTo(calls);
    }

    private static long count(Transcript transcript) {
        return transcript.messages().stream()
                .mapToLong(one -> one.toolCalls().size())
                .sum();
    }

    private static boolean isObject(ToolCall call) {
        try {
            return Json.read(call.arguments().json()) instanceof Map;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    @Provide
    Arbitrary<List<ChatMessage>> turns() {
        Arbitrary<ToolCall> call = Combinators.combine(
                        Arbitraries.of("", " ", "c1", "c2", "call_1"),
                        Arbitraries.of("{}", "{\"a\":1}", "{\"a\":", "", "[]", "null"))
                .as((id, arguments) -> new ToolCall(id, "tool", new JsonText(arguments)));
        Arbitrary<Part> part = Arbitraries.of(
                new Part.Text("hi"),
                new Part.Text(""),
                new Part.Reasoning("hmm", "sig", "anthropic"),
                new Part.Reasoning("plain", null, null),
                new Part.SealedReasoning("x", "openai"),
                new Part.Citation("u", null, null, null, null));
        return Combinators.combine(part.list().ofMaxSize(3), call.list().ofMaxSize(4))
                .as((parts, calls) -> new ChatMessage(Role.ASSISTANT, parts, null, calls, null))
                .list()
                .ofMaxSize(6);
    }
}
