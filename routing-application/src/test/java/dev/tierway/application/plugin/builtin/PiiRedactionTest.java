package dev.tierway.application.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.fixture.JdkSpans;
import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiRedactionTest {
    private static final PiiRedaction PII = new PiiRedaction(
            EnumSet.allOf(PiiKind.class), Map.of("ticket", JdkSpans.of("T-[0-9]{4}")), JdkSpans::of, true);

    private static String redacted(String text) {
        return switch (PII.beforeRouting(PluginCalls.of(ChatRequest.of(text)))) {
            case RequestVerdict.Change change ->
                ((ChatRequest) change.request()).messages().getFirst().text();
            default -> text;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mail me: jo.doe+x@mail.example.org.       | mail me: [EMAIL_1].
        a@b.de and a@b.de, not c@d.de             | [EMAIL_1] and [EMAIL_1], not [EMAIL_2]
        card 4111 1111 1111 1111 please           | card [CARD_1] please
        4111111111111111                          | [CARD_1]
        12 4111-1111-1111-1111 12                 | 12 [CARD_1] 12
        4111 1111 1111 1111 5500 0000 0000 0004   | [CARD_1] [CARD_2]
        to DE89 3704 0044 0532 0130 00 NOW        | to [IBAN_1] NOW
        GB82WEST12345698765432                    | [IBAN_1]
        call +49 30 123456-78 or 555-123-4567     | call [PHONE_1] or [PHONE_2]
        from 192.168.0.1, port 80                 | from [IP_1], port 80
        at 2001:db8::1 and fe80::1:2              | at [IP_1] and [IP_2]
        see T-1234                                | see [TICKET_1]
        """)
    void what_is_personal_is_replaced(String text, String expected) {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1112",
                "order 1234567890123456789012345",
                "DE89 3704 0044 0532 0130 02",
                "256.1.1.1",
                "version 1.2.3.4.5",
                "at 12:30:45",
                "std::vector and a::b",
                "2026-11-20",
                "user@localhost",
                "1 + 1 = 2",
                "[EMAIL_1]"
            })
    void what_only_looks_like_it_stays(String text) {
        assertThat(redacted(text)).isEqualTo(text);
    }

    @Test
    void a_placeholder_the_caller_wrote_is_not_used_again() {
        assertThat(redacted("[EMAIL_1] is a@b.de")).isEqualTo("[EMAIL_1] is [EMAIL_2]");
    }

    @Test
    void every_text_of_a_request_is_looked_at() {
        ChatRequest request = ChatRequest.builder()
                .system("I am a@b.de")
                .message(ChatMessage.assistant(List.of(new ToolCall(
                        "c", "send", new JsonText("{\"to\":\"a@b.de\",\"card\": 4111111111111111, \"n\":7}")))))
                .message(ChatMessage.toolResult("c", "sent to a@b.de"))
                .endUser("a@b.de")
                .metadata(Map.of("who", "a@b.de"))
                .build();
        ChatRequest changed =
                (ChatRequest) ((RequestVerdict.Change) PII.beforeRouting(PluginCalls.of(request))).request();

        assertThat(changed.toString()).doesNotContain("a@b.de").doesNotContain("4111");
        assertThat(changed.messages().get(1).toolCalls().getFirst().arguments().json())
                .isEqualTo("{\"to\":\"[EMAIL_1]\",\"card\": \"[CARD_1]\", \"n\":7}");
        assertThat(changed.user()).isEqualTo("[EMAIL_1]");
        RequestVerdict.Change embedded =
                (RequestVerdict.Change) PII.beforeRouting(PluginCalls.of(EmbeddingRequest.of("a@b.de", "nothing")));
        assertThat(((EmbeddingRequest) embedded.request()).inputs()).containsExactly("[EMAIL_1]", "nothing");
        assertThat(embedded.what()).isEqualTo("encoded anew without 1 email");
    }

    @Test
    void a_request_without_any_goes_on_as_it_is() {
        assertThat(PII.beforeRouting(PluginCalls.of(ChatRequest.of("nothing")))).isEqualTo(RequestVerdict.go());
    }

    @Test
    void a_text_made_to_be_slow_is_not() {
        assertThat(redacted("[".repeat(200_000) + "]")).hasSize(200_001);
        assertThat(redacted("a@b.de ".repeat(20_000))).startsWith("[EMAIL_1] [EMAIL_1]");
        assertThat(redacted("4111 ".repeat(40_000))).isNotEmpty();
    }

    private static PluginCall asked(String text) {
        PluginCall call = PluginCalls.of(ChatRequest.of(text), true, null, Map.of());
        PII.beforeRouting(call);
        return call;
    }

    private static String streamed(PluginCall call, List<ChatEvent> events) {
        StringBuilder out = new StringBuilder();
        for (ChatEvent event : events) {
            List<ReplyEvent> through = switch (PII.onEvent(call, new ReplyEvent.Piece(event))) {
                case EventVerdict.Keep keep -> List.of(new ReplyEvent.Piece(event));
                case EventVerdict.Replace(var others) -> others;
                case EventVerdict.Deny deny -> throw new AssertionError(deny);
            };
            for (ReplyEvent one : through) {
                switch (((ReplyEvent.Piece) one).event()) {
                    case ChatEvent.TextDelta(int choice, String text) -> out.append(text);
                    case ChatEvent.ToolCallDelta(int choice, int index, var id, var name, String arguments) ->
                        out.append(arguments);
                    case ChatEvent.Finished finished -> out.append("<end>");
                    default -> {}
                }
            }
        }
        return out.toString();
    }

    @Test
    void a_stream_gets_it_back_wherever_the_placeholder_is_cut() {
        String answer = "to [EMAIL_1], [not this], [EMAIL_1] and [EMAIL";
        for (int size = 1; size < answer.length(); size++) {
            List<ChatEvent> events = new ArrayList<>();
            for (int at = 0; at < answer.length(); at += size) {
                events.add(new ChatEvent.TextDelta(0, answer.substring(at, Math.min(answer.length(), at + size))));
            }
            events.add(new ChatEvent.Finished(0, FinishReason.STOP));

            assertThat(streamed(asked("I am a@b.de"), events))
                    .as("pieces of %d", size)
                    .isEqualTo("to a@b.de, [not this], a@b.de and [EMAIL<end>");
        }
    }

    @Test
    void choices_and_tool_calls_of_a_stream_are_kept_apart() {
        PluginCall call = asked("I am a@b.de");
        assertThat(streamed(
                        call,
                        List.of(
                                new ChatEvent.ToolCallDelta(0, 0, "id", "send", "{\"to\":\"[EMA"),
                                new ChatEvent.ToolCallDelta(0, 1, "id2", "send", "{\"x\":1}"),
                                new ChatEvent.ToolCallDelta(0, 0, null, null, "IL_1]\"}"),
                                new ChatEvent.Finished(0, FinishReason.TOOL_CALLS))))
                .isEqualTo("{\"to\":\"{\"x\":1}a@b.de\"}<end>");
    }

    @Test
    void what_is_put_back_into_json_is_written_as_json_has_it() {
        PiiRedaction odd = new PiiRedaction(
                EnumSet.noneOf(PiiKind.class), Map.of("odd", JdkSpans.of("<[^>]*>")), JdkSpans::of, true);
        PluginCall call = PluginCalls.of(ChatRequest.of("it is <a\"b\\>"), true, null, Map.of());
        odd.beforeRouting(call);
        EventVerdict verdict = odd.onEvent(
                call, new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"x\":\"[ODD_1]\"}")));

        assertThat(verdict)
                .isEqualTo(EventVerdict.replace(List.of(new ReplyEvent.Piece(
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"x\":\"<a\\\"b\\\\>\"}")))));
    }

    @Test
    void a_unary_answer_gets_it_back() {
        PluginCall call = asked("I am a@b.de");
        ChatResponse answer = new ChatResponse(
                "id",
                "m",
                0,
                List.of(new ChatResponse.Choice(ChatMessage.assistant("hi [EMAIL_1]"), FinishReason.STOP)),
                TokenUsage.reported(1, 1));
        ReplyVerdict verdict = PII.afterReply(call, new FinishedReply(new ReplyEvent.Whole(answer), null));

        assertThat(((ChatResponse) ((ReplyVerdict.Replace) verdict).reply()).text())
                .isEqualTo("hi a@b.de");
    }
}
