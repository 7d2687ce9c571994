package dev.tierway.adapter.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What rules read of a body. */
class MessageTextTest {
    private static String tail(String messages, int most) {
        String body = "{\"model\":\"m\",\"messages\":[" + messages + "],\"user\":\"not text\"}";
        return ChatBodyScan.scan(body.getBytes(StandardCharsets.UTF_8), 0)
                .text()
                .apply(most);
    }

    @Test
    void contents_are_read_in_their_order_whatever_their_form() {
        assertThat(tail("""
            {"role":"system","content":"be \\"brief\\""},
            {"role":"user","name":"x","content":[{"type":"text","text":"look:"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
              {"type":"text","text":"what is it?"}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function",
              "function":{"name":"content","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"1","content":"a cat"}
            """, 1000)).isEqualTo("be \"brief\"\nlook:\nwhat is it?\na cat\n");
    }

    @Test
    void of_long_conversations_the_end_is_read() {
        String messages = "{\"role\":\"user\",\"content\":\"" + "x".repeat(500) + "\"},"
                + "{\"role\":\"user\",\"content\":\"the end\"}";

        assertThat(tail(messages, 20)).isEqualTo("x".repeat(11) + "\nthe end\n");
        assertThat(tail(messages, 8)).isEqualTo("the end\n");
    }
}
