package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverseDecoderTest {
    private static final ReplyNames NAMES = new ReplyNames("bedrock-1", "m", 7);

    private final ConverseDecoder decoder = new ConverseDecoder(NAMES);

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private DecodedReply whole(String json) throws IOException, VendorErrorException {
        return decoder.whole(bytes(json));
    }

    private DecodedEvent event(String type, String json) throws IOException {
        byte[] data = bytes(json);
        return decoder.event(new StreamEvent(data, type, data, 0, data.length));
    }

    private List<ChatEvent> pieces(String type, String json) throws IOException {
        return ((DecodedEvent.Pieces) event(type, json)).pieces();
    }

    @Test
    void a_whole_answer_with_everything() throws Exception {
        DecodedReply reply = whole("{'metrics':{'latencyMs':5},'output':{'message':{'role':'assistant','content':["
                + "{'reasoningContent':{'reasoningText':{'text':'hm','signature':'SIG'}}},"
                + "{'reasoningContent':{'redactedContent':'QUJD'}},{'text':'Sun.'},{'somethingNew':{}},"
                + "{'citationsContent':{'content':[{'text':'said so'}],'citations':[{'title':'T','sourceContent':"
                + "[{'text':'q'}],'location':{'web':{'url':'https://a/b'}}}]}},"
                + "{'toolUse':{'toolUseId':'c1','name':'weather','input':{'city':'Bern'}}},"
                + "{'toolUse':{'toolUseId':'c2','name':'now','input':{}}}]}},'stopReason':'tool_use',"
                + "'usage':{'inputTokens':10,'outputTokens':5,'totalTokens':35,'cacheReadInputTokens':12,"
                + "'cacheWriteInputTokens':8}}");
        ChatResponse.Choice choice = reply.choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(choice.message().parts())
                .containsExactly(
                        new Part.Reasoning("hm", "SIG", "bedrock"),
                        new Part.SealedReasoning("QUJD", "bedrock"),
                        new Part.Text("Sun."),
                        new Part.Text("said so"),
                        new Part.Citation("https://a/b", "T", "q", null, null));
        assertThat(choice.message().toolCalls())
                .containsExactly(
                        new ToolCall("c1", "weather", new JsonText("{\"city\":\"Bern\"}")),
                        new ToolCall("c2", "now", JsonText.EMPTY_OBJECT));
        assertThat(reply.id()).isEqualTo("bedrock-1");
        assertThat(reply.usage()).satisfies(usage -> {
            assertThat(usage.input()).isEqualTo(30);
            assertThat(usage.cachedInput()).isEqualTo(12);
            assertThat(usage.cacheWrite()).isEqualTo(8);
            assertThat(usage.output()).isEqualTo(5);
            assertThat(usage.how()).isEqualTo(TokenUsage.Counted.REPORTED);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL_CALLS",
        "guardrail_intervened, CONTENT_FILTER",
        "content_filtered, CONTENT_FILTER",
        "malformed_model_output, OTHER",
        "malformed_tool_use, OTHER",
        "something_new, OTHER"
    })
    void a_stop_reason_is_a_finish_reason(String word, FinishReason reason) throws Exception {
        assertThat(pieces("messageStop", "{'stopReason':'" + word + "'}"))
                .containsExactly(new ChatEvent.Finished(0, reason));
        assertThat(whole("{'output':{'message':{'content':[]}},'stopReason':'" + word + "'}")
                        .choices()
                        .getFirst()
                        .finishReason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'inputTokens':-1,'outputTokens':5}", "{'inputTokens':10}", "{}", "null", "7"})
    void usage_that_cannot_be_true_is_none(String usage) throws Exception {
        assertThat(whole("{'output':{'message':{'content':[]}},'usage':" + usage + "}")
                        .usage())
                .isNull();
        assertThat(pieces("metadata", "{'usage':" + usage + "}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{'output':{}}", "not json", "{'output':{'message':{'content':[]}}} {}"})
    void what_is_no_reply_is_garbage(String body) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> whole(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'message':'no'}", "{'Message':'no'}", "{'error':{'message':'no'}}"})
    void an_error_instead_of_a_reply_is_one(String body) {
        assertThatExceptionOfType(VendorErrorException.class).isThrownBy(() -> whole(body));
    }

    @Test
    void a_stream_of_text_reasoning_and_parallel_tools() throws Exception {
        List<ChatEvent> all = new ArrayList<>();
        all.addAll(pieces("messageStart", "{'role':'assistant'}"));
        all.addAll(pieces(
                "contentBlockDelta", "{'contentBlockIndex':0,'delta':{'reasoningContent':{'text':'hm'}},'p':'abc'}"));
        all.addAll(
                pieces("contentBlockDelta", "{'contentBlockIndex':0,'delta':{'reasoningContent':{'signature':'S1'}}}"));
        all.addAll(
                pieces("contentBlockDelta", "{'contentBlockIndex':0,'delta':{'reasoningContent':{'signature':'S2'}}}"));
        all.addAll(pieces("contentBlockStop", "{'contentBlockIndex':0}"));
        all.addAll(pieces(
                "contentBlockDelta",
                "{'contentBlockIndex':1,'delta':{'reasoningContent':{'redactedContent':'QUI='}}}"));
        all.addAll(pieces(
                "contentBlockDelta",
                "{'contentBlockIndex':1,'delta':{'reasoningContent':{'redactedContent':'Qw=='}}}"));
        all.addAll(pieces("contentBlockStop", "{'contentBlockIndex':1}"));
        all.addAll(pieces("contentBlockDelta", "{'contentBlockIndex':2,'delta':{'text':'So:'}}"));
        all.addAll(pieces(
                "contentBlockDelta",
                "{'contentBlockIndex':2,'delta':{'citation':{'title':'T','location':{'web':{'url':'u'}}}}}"));
        all.addAll(pieces("contentBlockStop", "{'contentBlockIndex':2}"));
        all.addAll(pieces(
                "contentBlockStart", "{'contentBlockIndex':3,'start':{'toolUse':{'toolUseId':'c1','name':'a'}}}"));
        all.addAll(pieces(
                "contentBlockStart", "{'contentBlockIndex':4,'start':{'toolUse':{'toolUseId':'c2','name':'b'}}}"));
        all.addAll(pieces("contentBlockDelta", "{'contentBlockIndex':4,'delta':{'toolUse':{'input':'{}'}}}"));
        all.addAll(pieces(
                "contentBlockDelta",
                "{'contentBlockIndex':3,'delta':{'toolUse':{'input':'{\\'x'}}}"
                        .replace("\\'", "\\\\\"")
                        .replace("\\\\\"", "\\\"")));
        all.addAll(pieces("messageStop", "{'stopReason':'tool_use'}"));
        assertThat(all)
                .containsExactly(
                        new ChatEvent.Begin("bedrock-1", "m", 7),
                        new ChatEvent.ReasoningDelta(0, "hm", null, null),
                        new ChatEvent.ReasoningDelta(0, "", "S1S2", "bedrock"),
                        new ChatEvent.SealedReasoning(0, "QUJD", "bedrock"),
                        new ChatEvent.TextDelta(0, "So:"),
                        new ChatEvent.Cited(0, new Part.Citation("u", "T", null, null, null)),
                        new ChatEvent.ToolCallDelta(0, 0, "c1", "a", ""),
                        new ChatEvent.ToolCallDelta(0, 1, "c2", "b", ""),
                        new ChatEvent.ToolCallDelta(0, 1, null, null, "{}"),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"x"),
                        new ChatEvent.Finished(0, FinishReason.TOOL_CALLS));
    }

    @Test
    void metadata_ends_a_stream_only_after_the_message_has_stopped() throws Exception {
        assertThat(((DecodedEvent.Pieces) event("metadata", "{}")).last()).isFalse();
        event("messageStop", "{'stopReason':'end_turn'}");
        assertThat(((DecodedEvent.Pieces) event("metadata", "{'usage':{'inputTokens':1,'outputTokens':2}}")).last())
                .isTrue();
    }

    @Test
    void kinds_of_events_blocks_and_deltas_that_came_later_say_nothing() throws Exception {
        assertThat(pieces("somethingNew", "not even json")).isEmpty();
        assertThat(pieces("contentBlockStart", "{'contentBlockIndex':0,'start':{'image':{'format':'png'}}}"))
                .isEmpty();
        assertThat(pieces("contentBlockDelta", "{'contentBlockIndex':0,'delta':{'image':{}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contentBlockDelta | {'delta':{'text':'x'}}",
                "contentBlockDelta | not json",
                "contentBlockDelta | {'contentBlockIndex':0,'delta':{'toolUse':{'input':'{}'}}}",
                "contentBlockDelta | {'contentBlockIndex':0,'delta':{'reasoningContent':{'redactedContent':'%'}}}",
                "contentBlockStart | {'contentBlockIndex':0,'start':{'toolUse':{'toolUseId':'c'}}}",
                "messageStart | []",
                "messageStop | half"
            })
    void garbage_in_an_event_is_told(String type, String json) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> event(type, json));
    }
}
