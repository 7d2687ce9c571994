package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseSplitterTest {
    private static final String UMLAUTS_AND_EMOJI = "data: {\"t\":\"Grüße 👋\"}\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: one\n\ndata: two\n\ndata: [DONE]\n\n",
                "data: one\r\n\r\ndata: two\r\n\r\ndata: [DONE]\r\n\r\n",
                "data: one\r\rdata: two\r\rdata: [DONE]\r\r",
                "data: one\n\r\ndata: two\r\n\ndata: three\r\n\rdata: four\n\r",
                ": hello\n\n: again\ndata: one\n\n:\n\ndata: two\n\n",
                "event: error\nid: 7\ndata: {\"a\":\ndata: 1}\nretry: 5\n\n",
                "data:no space\n\ndata:  two spaces\n\ndata\n\ndata:\n\n",
                "\n\n\ndata: after blank lines\n\n\n\n",
                "\uFEFFdata: after a byte order mark\n\n",
                UMLAUTS_AND_EMOJI,
                "event: no data\n\ndata: one\n\n",
            })
    void cutting_the_stream_at_any_byte_gives_the_same_events(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<String> whole = split(bytes, bytes.length);
        assertThat(whole).isNotEmpty();
        for (int at = 0; at <= bytes.length; at++) {
            assertThat(splitInTwo(bytes, at)).as("cut at byte " + at).isEqualTo(whole);
        }
        for (int size = 1; size <= 5; size++) {
            assertThat(split(bytes, size)).as("in packets of " + size).isEqualTo(whole);
        }
    }

    @Test
    void frames_are_the_bytes_that_came() {
        String stream = "data: one\r\n\r\nevent: x\r\ndata: two\r\n\r\n" + UMLAUTS_AND_EMOJI;
        assertThat(String.join("", raw(stream))).isEqualTo(stream);
    }

    @Test
    void comments_between_events_are_dropped_and_those_within_stay() {
        assertThat(raw(": ping\n\ndata: a\n\n: ping\ndata: b\n: within\n\n"))
                .containsExactly("data: a\n\n", "data: b\n: within\n\n");
    }

    @Test
    void several_data_lines_are_joined_by_line_feeds() {
        assertThat(data("data: {\ndata: \"a\": 1\ndata: }\n\n")).containsExactly("{\n\"a\": 1\n}");
    }

    @Test
    void one_space_after_the_colon_is_not_data() {
        assertThat(data("data:a\n\ndata: b\n\ndata:  c\n\n")).containsExactly("a", "b", " c");
    }

    @Test
    void the_name_of_an_event_is_known_and_belongs_to_it_alone() {
        List<StreamEvent> events = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1000, events::add);
        splitter.feed("event: error\ndata: a\n\ndata: b\n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(events).extracting(StreamEvent::name).containsExactly("error", null);
    }

    @Test
    void an_event_comes_at_once_even_if_its_last_line_feed_is_still_on_the_way() {
        List<StreamEvent> events = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1000, events::add);
        splitter.feed("data: a\r\n\r".getBytes(StandardCharsets.UTF_8));
        assertThat(events)
                .singleElement()
                .satisfies(e -> assertThat(e.raw()).isEqualTo("data: a\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data: [DONE]\n", "data: [DONE]\r", "data: [DONE]\r\n"})
    void a_last_event_counts_although_its_blank_line_is_missing(String stream) {
        List<StreamEvent> events = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1000, events::add);
        splitter.feed(stream.getBytes(StandardCharsets.UTF_8));
        assertThat(events).isEmpty();
        splitter.finish();
        assertThat(events).singleElement().matches(StreamEvent::isDone);
    }

    @Test
    void an_event_beyond_the_limit_ends_the_splitting() {
        SseSplitter splitter = new SseSplitter(100, event -> true);
        assertThat(splitter.feed("data: short\n\n".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(splitter.feed(("data: " + "x".repeat(90)).getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(splitter.feed("xxxxxxxxxx".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void endless_comments_never_fill_the_buffer() {
        SseSplitter splitter = new SseSplitter(100, event -> true);
        for (int i = 0; i < 1000; i++) {
            assertThat(splitter.feed(": ping\n".getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
        }
    }

    @Test
    void nothing_comes_after_the_receiver_has_had_enough() {
        List<String> seen = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1000, event -> {
            seen.add(event.text());
            return seen.size() < 2;
        });
        splitter.feed("data: a\n\ndata: b\n\ndata: c\n\n".getBytes(StandardCharsets.UTF_8));
        splitter.finish();
        assertThat(seen).containsExactly("a", "b");
    }

    private static List<String> data(String stream) {
        List<String> found = new ArrayList<>();
        new SseSplitter(1000, event -> found.add(event.text())).feed(stream.getBytes(StandardCharsets.UTF_8));
        return found;
    }

    private static List<String> raw(String stream) {
        List<String> found = new ArrayList<>();
        new SseSplitter(1000, event -> found.add(new String(event.raw(), StandardCharsets.UTF_8)))
                .feed(stream.getBytes(StandardCharsets.UTF_8));
        return found;
    }

    private static List<String> splitInTwo(byte[] bytes, int at) {
        List<String> events = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1000, event -> events.add(describe(event)));
        splitter.feed(Arrays.copyOf(bytes, at));
        splitter.feed(Arrays.copyOfRange(bytes, at, bytes.length));
        splitter.finish();
        return events;
    }

    static List<String> split(byte[] bytes, int packet) {
        List<String> events = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1 << 20, event -> events.add(describe(event)));
        for (int from = 0; from < bytes.length; from += packet) {
            splitter.feed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + packet)));
        }
        splitter.finish();
        return events;
    }

    private static String describe(StreamEvent event) {
        return event.name() + "|" + event.text() + "|" + new String(event.raw(), StandardCharsets.UTF_8);
    }
}
