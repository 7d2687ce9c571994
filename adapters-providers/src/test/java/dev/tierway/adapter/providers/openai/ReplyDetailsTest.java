package dev.tierway.adapter.providers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands beside the text of an answer. */
class ReplyDetailsTest {
    private static final String LOG_PROBS = "'logprobs':{'content':[{'token':'hi','logprob':-0.5,'bytes':[104,105],"
            + "'top_logprobs':[{'token':'hi','logprob':-0.5,'bytes':null},{'token':'ho','logprob':-2,'bytes':null}]},"
            + "{'token':'?','logprob':null}],'refusal':null}";
    private static final String ANNOTATIONS = "'annotations':[{'type':'url_citation','url_citation':"
            + "{'url':'https://x','title':'X','start_index':0,'end_index':2}},{'type':'file_path','file_path':{}}]";
    private static final TokenLogProb HI = new TokenLogProb(
            "hi", -0.5, List.of(new TokenLogProb("hi", -0.5, List.of()), new TokenLogProb("ho", -2, List.of())));
    private static final Part.Citation CITATION = new Part.Citation("https://x", "X", null, 0, 2);

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    @Test
    void a_completion_tells_log_probs_and_sources() throws IOException {
        ChatResponse response = ChatResponseDecoder.decode(
                json("{'id':'i','model':'m','created':1,'choices':[{'index':0,'finish_reason':'stop'," + LOG_PROBS
                        + ",'message':{'role':'assistant','content':'hi'," + ANNOTATIONS + "}}]}"),
                TokenUsage.estimated(1, 1));
        assertThat(response.choices().getFirst().logProbs()).containsExactly(HI);
        assertThat(response.choices().getFirst().message().parts()).containsExactly(new Part.Text("hi"), CITATION);
    }

    @Test
    void chunks_tell_log_probs_and_sources() throws IOException {
        byte[] chunk = json("{'id':'i','model':'m','created':1,'choices':[{'index':1,'finish_reason':null," + LOG_PROBS
                + ",'delta':{'content':'hi'," + ANNOTATIONS + "}}]}");
        assertThat(new ChunkDecoder().decode(chunk, 0, chunk.length, null))
                .containsExactly(
                        new ChatEvent.Begin("i", "m", 1),
                        new ChatEvent.TextDelta(1, "hi"),
                        new ChatEvent.Cited(1, CITATION),
                        new ChatEvent.LogProbs(1, List.of(HI)));
    }
}
