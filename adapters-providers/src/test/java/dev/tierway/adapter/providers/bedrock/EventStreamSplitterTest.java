package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.StreamEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventStreamSplitterTest {
    private static final int MAX = 4096;
    private static final byte[] FRAME = Frames.event("messageStart", "{\"role\":\"assistant\"}");

    private final List<StreamEvent> events = new ArrayList<>();
    private final EventStreamSplitter splitter = new EventStreamSplitter(MAX, events::add);

    @Test
    void a_frame_is_an_event_of_its_type_with_its_payload() {
        assertThat(splitter.feed(FRAME)).isTrue();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("messageStart");
            assertThat(event.text()).isEqualTo("{\"role\":\"assistant\"}");
            assertThat(event.raw()).isEqualTo(FRAME);
        });
    }

    @Test
    void frames_come_out_whole_wherever_the_packets_end() {
        byte[] stream = Frames.saying("Grüße 👋");
        for (int size : new int[] {1, 2, 3, 7, 16, 100, stream.length}) {
            events.clear();
            EventStreamSplitter fresh = new EventStreamSplitter(MAX, events::add);
            for (int at = 0; at < stream.length; at += size) {
                assertThat(fresh.feed(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size))))
                        .isTrue();
            }
            assertThat(events.stream().map(StreamEvent::name))
                    .containsExactly(
                            "messageStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata");
            assertThat(events.get(1).text()).contains("Grüße 👋");
        }
    }

    @Test
    void any_flipped_bit_breaks_the_stream_and_makes_no_event() {
        for (int bit = 0; bit < FRAME.length * 8; bit++) {
            events.clear();
            byte[] broken = FRAME.clone();
            broken[bit / 8] = (byte) (broken[bit / 8] ^ (1 << (bit % 8)));
            boolean readable = new EventStreamSplitter(MAX, events::add).feed(broken);
            assertThat(readable).as("bit " + bit).isFalse();
            assertThat(events).isEmpty();
        }
    }

    @Test
    void a_length_beyond_the_limit_is_refused_at_its_prelude() {
        assertThat(splitter.feed(prelude(MAX + 1, 0))).isFalse();
        assertThat(new EventStreamSplitter(MAX, events::add).feed(prelude(Integer.MAX_VALUE, 0)))
                .isFalse();
        assertThat(new EventStreamSplitter(MAX, events::add).feed(prelude(MAX, 0)))
                .isTrue();
    }

    @Test
    void lengths_that_cannot_be_are_refused() {
        for (int[] lengths : new int[][] {{15, 0}, {0, 0}, {-1, 0}, {100, 85}, {100, -1}, {Integer.MIN_VALUE, 0}}) {
            assertThat(new EventStreamSplitter(MAX, events::add).feed(prelude(lengths[0], lengths[1])))
                    .as(Arrays.toString(lengths))
                    .isFalse();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void a_cut_frame_is_no_event() {
        splitter.feed(Arrays.copyOf(FRAME, FRAME.length - 1));
        splitter.finish();
        assertThat(events).isEmpty();
    }

    @Test
    void exceptions_and_errors_are_failures_by_name() {
        splitter.feed(Frames.exception("throttlingException", "slow down"));
        splitter.feed(Frames.error("InternalError", "oops"));
        assertThat(events.stream().map(StreamEvent::name))
                .containsExactly("failure:throttlingException", "failure:InternalError");
        assertThat(events.get(1).text()).isEqualTo("oops");
    }

    @Test
    void a_frame_of_no_known_kind_breaks_the_stream() {
        assertThat(splitter.feed(Frames.frame("{}", ":event-type", "messageStart")))
                .isFalse();
        assertThat(new EventStreamSplitter(MAX, events::add).feed(Frames.frame("{}", ":message-type", "other")))
                .isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void a_receiver_that_wants_no_more_gets_no_more() {
        EventStreamSplitter once = new EventStreamSplitter(MAX, event -> {
            events.add(event);
            return false;
        });
        once.feed(Frames.join(FRAME, FRAME));
        once.feed(FRAME);
        assertThat(events).hasSize(1);
    }

    @Test
    void a_page_of_text_is_no_event_stream() {
        assertThat(splitter.feed("<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Property(tries = 300)
    void garbage_never_throws_and_never_makes_an_event(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 2000) int size) {
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        List<StreamEvent> found = new ArrayList<>();
        boolean readable = new EventStreamSplitter(MAX, found::add).feed(noise);
        assertThat(found).isEmpty();
        assertThat(readable).isEqualTo(size < 12);
    }

    private static byte[] prelude(int total, int headers) {
        ByteBuffer bytes = ByteBuffer.allocate(12).putInt(total).putInt(headers);
        CRC32 sum = new CRC32();
        sum.update(bytes.array(), 0, 8);
        return bytes.putInt((int) sum.getValue()).array();
    }
}
