package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replies in neutral types, as OpenAI's clients read them. */
class ReplyEncodersTest {
    private static final TokenLogProb LIKELY =
            new TokenLogProb("hi", -0.5, List.of(new TokenLogProb("ho", -1.5, List.of())));

    private static JsonNode completion(List<TokenLogProb> logProbs, Part... parts) {
        ChatMessage message = new ChatMessage(Role.ASSISTANT, List.of(parts), null, List.of(), null);
        byte[] json = OpenAiReplyEncoder.completion(new ChatResponse(
                "id",
                "m",
                7,
                List.of(new ChatResponse.Choice(message, FinishReason.STOP, null, logProbs)),
                TokenUsage.estimated(1, 1)));
        return Json.document(json).at("/choices/0");
    }

    private static JsonNode chunk(ChunkEncoder encoder, ChatEvent event) {
        String text = new String(encoder.encode(event), UTF_8);
        byte[] json = text.substring("data: ".length()).strip().getBytes(UTF_8);
        return Json.document(json).at("/choices/0");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void log_probs_are_told() {
        assertThat(completion(List.of(LIKELY), new Part.Text("hi")).get("logprobs"))
                .hasToString(json("{'content':[{'token':'hi','logprob':-0.5,'bytes':null,'top_logprobs':"
                        + "[{'token':'ho','logprob':-1.5,'bytes':null}]}],'refusal':null}"));
        assertThat(completion(List.of(), new Part.Text("hi")).get("logprobs").isNull())
                .isTrue();
        JsonNode chunk = chunk(new ChunkEncoder("i", "m", 0), new ChatEvent.LogProbs(0, List.of(LIKELY)));
        assertThat(chunk.at("/logprobs/content/0/top_logprobs/0/token").textValue())
                .isEqualTo("ho");
    }

    @Test
    void a_citation_is_an_annotation_that_stands_where_it_says_or_after_the_text_before_it() {
        JsonNode annotations = completion(
                        List.of(),
                        new Part.Text("four"),
                        new Part.Citation("https://x", "X", null, 1, 3),
                        new Part.Citation(null, null, "words", null, null))
                .at("/message/annotations");
        assertThat(annotations)
                .hasToString(
                        json(
                                "[{'type':'url_citation','url_citation':{'url':'https://x','title':'X','start_index':1,'end_index':3}},"
                                    + "{'type':'url_citation','url_citation':{'url':'','title':'','start_index':4,'end_index':4,'quote':'words'}}]"));
        ChunkEncoder encoder = new ChunkEncoder("i", "m", 0);
        chunk(encoder, new ChatEvent.TextDelta(0, "four"));
        JsonNode streamed = chunk(encoder, new ChatEvent.Cited(0, new Part.Citation(null, null, "words", null, null)));
        assertThat(streamed.at("/delta/annotations/0")).isEqualTo(annotations.get(1));
    }

    @Test
    void reasoning_is_shown_and_comes_with_its_signature_to_be_sent_back() {
        JsonNode message = completion(
                        List.of(),
                        new Part.Reasoning("so ", "s1", "anthropic"),
                        new Part.SealedReasoning("x", "anthropic"),
                        new Part.Text("hi"))
                .get("message");
        assertThat(message.get("reasoning_content").textValue()).isEqualTo("so ");
        String body = "{\"messages\":[" + message + "]}";
        assertThat(OpenAiRequestDecoder.decode(body.getBytes(UTF_8))
                        .messages()
                        .getFirst()
                        .parts())
                .containsExactly(
                        new Part.Reasoning("so ", "s1", "anthropic"),
                        new Part.SealedReasoning("x", "anthropic"),
                        new Part.Text("hi"));
    }

    @Test
    void streamed_reasoning_gets_its_signature_with_the_whole_of_it() {
        ChunkEncoder encoder = new ChunkEncoder("i", "m", 0);
        JsonNode first = chunk(encoder, new ChatEvent.ReasoningDelta(0, "so ", null, null));
        assertThat(first.get("delta")).hasToString(json("{'reasoning_content':'so '}"));
        chunk(encoder, new ChatEvent.ReasoningDelta(0, "it is", null, null));
        JsonNode signed = chunk(encoder, new ChatEvent.ReasoningDelta(0, "", "s1", "anthropic"));
        assertThat(signed.at("/delta/reasoning_details"))
                .hasToString(json("[{'type':'reasoning.text','text':'so it"
                        + " is','signature':'s1','format':'tierway/anthropic','index':0}]"));
        JsonNode sealed = chunk(encoder, new ChatEvent.SealedReasoning(0, "x", "anthropic"));
        assertThat(sealed.at("/delta/reasoning_details"))
                .hasToString(
                        json("[{'type':'reasoning.encrypted','data':'x','format':'tierway/anthropic','index':1}]"));
    }

    @Test
    void a_refusal_is_one() {
        assertThat(completion(List.of(), new Part.Refusal("no"))
                        .at("/message/refusal")
                        .textValue())
                .isEqualTo("no");
        assertThat(chunk(new ChunkEncoder("i", "m", 0), new ChatEvent.RefusalDelta(0, "no"))
                        .at("/delta/refusal")
                        .textValue())
                .isEqualTo("no");
    }
}
