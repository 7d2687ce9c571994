package dev.tierway.adapter.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ObjectSpliceTest {
    private static String append(String text) {
        return new String(ObjectSplice.append(text.getBytes(UTF_8), "t", "1".getBytes(UTF_8)), UTF_8);
    }

    private static boolean finishes(String chunk) {
        return ObjectSplice.holdsFinishReason(chunk.getBytes(UTF_8));
    }

    @Test
    void the_member_comes_last_and_nothing_else_changes() {
        assertThat(append("{\"a\": {\"b\":[]} }\n")).isEqualTo("{\"a\": {\"b\":[]} ,\"t\":1}\n");
        assertThat(append("data: {\"a\":1}\r\n\r\n")).isEqualTo("data: {\"a\":1,\"t\":1}\r\n\r\n");
    }

    @Test
    void an_empty_object_needs_no_comma() {
        assertThat(append("{ }")).isEqualTo("{ \"t\":1}");
        assertThat(append("{}")).isEqualTo("{\"t\":1}");
    }

    @Test
    void without_an_object_it_refuses() {
        assertThatThrownBy(() -> append("[1]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_reason_to_finish_is_told_from_none_and_from_text_about_one() {
        assertThat(finishes("data: {\"choices\":[{\"delta\":{},\"finish_reason\": \"stop\"}]}\n\n"))
                .isTrue();
        assertThat(finishes("data: {\"choices\":[{\"delta\":{},\"finish_reason\":null}]}\n\n"))
                .isFalse();
        assertThat(finishes("data: {\"choices\":[{\"delta\":{\"content\":\"\\\"finish_reason\\\":\\\"x\\\"\"}}]}\n\n"))
                .isFalse();
        assertThat(finishes("data: {\"finish_reason\"")).isFalse();
    }
}
