package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCompletionsTest {
    private static final List<TokenLogProb> TOLD =
            List.of(new TokenLogProb("ab", -1, List.of(new TokenLogProb("x", -2, List.of()))));

    private static ScannedRequest scanned(String body) {
        return new TextCompletions().scan(body.replace('\'', '"').getBytes(UTF_8), 0);
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8).replace('"', '\'');
    }

    @Test
    void a_prompt_is_a_chats_only_message() {
        ScannedRequest asked =
                scanned("{'model':'m','prompt':['go on'],'n':2,'logprobs':3,'stop':'.','logit_bias':{}}");
        ChatRequest chat = asked.payload().chat();
        assertThat(chat.messages()).containsExactly(ChatMessage.user("go on"));
        assertThat(chat.maxOutputTokens()).isEqualTo(16);
        assertThat(chat.topLogProbs()).isEqualTo(3);
        assertThat(chat.choices()).isEqualTo(2);
        assertThat(asked.facts().uses()).isEqualTo(Constructs.of(chat)).contains(Construct.OTHER, Construct.STOP);
        assertThat(asked.facts().format()).isEqualTo(WireFormat.OPENAI_COMPLETIONS);
        assertThat(asked.text().apply(9)).isEqualTo("go on\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'prompt':['a','b']",
                "'prompt':[1,2]",
                "'prompt':'a','suffix':'b'",
                "'prompt':'a','echo':true",
                "'prompt':'a','best_of':2"
            })
    void what_only_this_api_can_say_goes_to_those_who_speak_it(String members) {
        ScannedRequest asked = scanned("{'model':'m'," + members + "}");
        assertThat(asked.facts().uses()).containsExactly(Construct.NATIVE);
        assertThatThrownBy(() -> asked.payload().chat()).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'prompt':[]", "'prompt':7", "'x':1"})
    void a_missing_prompt_is_told(String members) {
        assertThatThrownBy(() -> scanned("{'model':'m'," + members + "}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'prompt'");
    }

    @Test
    void a_stream_is_asked_for_its_usage_unless_the_caller_decided() {
        Payload.Wire wire = (Payload.Wire)
                scanned("{'model':'m','prompt':'a','stream':true}").payload();
        assertThat(text(wire.request().bodyFor("up", true)))
                .isEqualTo("{'stream_options':{'include_usage':true},'model':'up','prompt':'a','stream':true}");
    }

    @Test
    void a_whole_answer_is_text() {
        ChatResponse response = new ChatResponse(
                "id",
                "m",
                7,
                List.of(new ChatResponse.Choice(ChatMessage.assistant("ab"), FinishReason.LENGTH, null, TOLD)),
                TokenUsage.reported(1, 2));
        assertThat(text(new TextCompletions().whole(scanned("{'model':'m','prompt':'a'}"), response)))
                .startsWith(
                        "{'id':'id','object':'text_completion','created':7,'model':'m','choices':[{'text':'ab','index':0,"
                            + "'logprobs':{'tokens':['ab'],'token_logprobs':[-1.0],'top_logprobs':[{'x':-2.0}],'text_offset':[0]},"
                            + "'finish_reason':'length'}],'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3");
    }

    @Test
    void chunks_hold_text_and_where_its_tokens_stand() {
        TextChunkEncoder encoder = new TextChunkEncoder("id", "m", 7);
        encoder.encode(new ChatEvent.TextDelta(0, "xyz"));
        assertThat(text(encoder.encode(new ChatEvent.TextDelta(0, "ab"))))
                .isEqualTo("data: {'id':'id','object':'text_completion','created':7,'model':'m','choices':"
                        + "[{'text':'ab','index':0,'logprobs':null,'finish_reason':null}]}\n\n");
        assertThat(text(encoder.encode(new ChatEvent.LogProbs(0, TOLD)))).contains("'text_offset':[3]");
        assertThat(text(encoder.encode(new ChatEvent.Finished(0, FinishReason.STOP))))
                .contains("'finish_reason':'stop'");
    }
}
