package dev.tierway.application.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.ReplyEvent.Frame;
import dev.tierway.domain.agent.Fingerprint;
import dev.tierway.domain.agent.ToolUse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made out of bytes that are relayed as they are: the same, whatever dialect says it, whole or in pieces. */
class HeardReplyTest {
    private static final String ARGUMENTS = "{\\\"q\\\":\\\"x\\\",\\\"n\\\":1}";

    private static HeardReply heard(String... frames) {
        HeardReply heard = new HeardReply();
        for (String frame : frames) {
            heard.hear(new Frame(frame.getBytes(StandardCharsets.UTF_8), Frame.Kind.SEMANTIC));
        }
        return heard;
    }

    private static @Nullable Fingerprint output(HeardReply heard) {
        return heard.output(false);
    }

    private static final HeardReply CHAT = heard("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\","
            + "\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"find\",\"arguments\":\"" + ARGUMENTS
            + "\"}}]}}]}");

    @Test
    void a_chat_completion_sounds_the_same_in_pieces() {
        HeardReply pieces = heard(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"d\","
                        + "\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"n\\\":1,\"}}]}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                        + "\"function\":{\"arguments\":\" \\\"q\\\":\\\"x\\\"}\"}}]}}]}\n\n");

        assertThat(output(pieces)).isNotNull().isEqualTo(output(CHAT));
        assertThat(pieces.made())
                .isEqualTo(CHAT.made())
                .extracting(ToolUse::tool)
                .isEqualTo(List.of("find"));
    }

    @Test
    void messages_of_anthropic_sound_the_same_too() {
        HeardReply whole = heard("{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"},"
                + "{\"type\":\"tool_use\",\"name\":\"find\",\"input\":{\"n\":1,\"q\":\"x\"}}]}");
        HeardReply pieces = heard(
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n",
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,"
                        + "\"content_block\":{\"type\":\"tool_use\",\"name\":\"find\",\"input\":{}}}\n\n",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,"
                        + "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"" + ARGUMENTS
                        + "\"}}\n\n");

        assertThat(output(whole)).isEqualTo(output(CHAT));
        assertThat(output(pieces)).isEqualTo(output(CHAT));
        assertThat(pieces.made()).isEqualTo(CHAT.made());
    }

    @Test
    void responses_sound_the_same_too() {
        HeardReply whole = heard("{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                + "\"text\":\"Hello\"}]},{\"type\":\"function_call\",\"name\":\"find\",\"arguments\":\""
                + ARGUMENTS + "\"}]}");
        HeardReply pieces = heard(
                "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hello\"}\n\n",
                "data: {\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":{\"type\":"
                        + "\"function_call\",\"name\":\"find\",\"arguments\":\"" + ARGUMENTS + "\"}}\n\n");

        assertThat(output(whole)).isEqualTo(output(CHAT));
        assertThat(output(pieces)).isEqualTo(output(CHAT));
    }

    @Test
    void what_cannot_be_read_is_not_taken_for_an_answer() {
        assertThat(output(heard("data: nonsense\n\n", "{\"choices\":[{\"index\":1,\"text\":\"no\"}]}")))
                .isNull();
    }

    @Test
    void of_a_long_answer_the_beginning_counts_and_no_more_is_kept() {
        String half = "x".repeat(200 << 10);
        String chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + half + "\"}}]}\n\n";
        String end = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"end\"}}]}\n\n";

        assertThat(output(heard(chunk, chunk, end))).isEqualTo(output(heard(chunk, chunk)));
        assertThat(output(heard(chunk))).isNotEqualTo(output(heard(chunk, end)));
    }
}
