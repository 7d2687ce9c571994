package dev.tierway.application.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The end of a long text. */
class TextTailTest {
    @Test
    void parts_come_out_in_their_order_with_a_line_feed_each() {
        TextTail tail = new TextTail(100);
        tail.precede("second");
        tail.precede("first");

        assertThat(tail.text()).isEqualTo("first\nsecond\n");
        assertThat(tail.full()).isFalse();
    }

    @Test
    void what_does_not_fit_is_the_beginning() {
        TextTail tail = new TextTail(6);
        tail.precede("abcdefgh");

        assertThat(tail.text()).isEqualTo("defgh\n");
        assertThat(tail.full()).isTrue();
        tail.precede("more");
        assertThat(tail.text()).isEqualTo("defgh\n");
    }

    @Test
    void room_is_bytes_of_utf_8() {
        TextTail tail = new TextTail(11);
        tail.precede("aé€😀z");

        assertThat(tail.text()).isEqualTo("aé€😀z\n".substring(1));
        assertThat(tail.text().getBytes(StandardCharsets.UTF_8)).hasSize(11);
    }
}
