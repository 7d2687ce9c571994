package dev.tierway.bootstrap.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventLinesTest {
    private final List<JsonNode> events = new ArrayList<>();
    private final EventLines lines = new EventLines(events::add);

    @Test
    void a_stream_ends_with_done() {
        read(": a comment", "data: {\"a\":1}", "", "data:{\"a\":2}", "", "data: [DONE]", "");
        lines.end();

        assertThat(events).extracting(one -> one.path("a").asInt()).containsExactly(1, 2);
    }

    @Test
    void a_stream_without_done_broke_off() {
        read("data: {\"a\":1}", "");

        assertThatThrownBy(lines::end).isInstanceOf(RemoteFailure.class).hasMessageContaining("broke off");
    }

    @Test
    void an_error_event_is_an_error() {
        assertThatThrownBy(() -> read("data: {\"error\":{\"message\":\"It broke.\",\"code\":\"upstream_error\"}}"))
                .isInstanceOf(RemoteFailure.class)
                .hasMessage("It broke. [upstream_error]");
    }

    @Test
    void what_is_no_json_is_an_error() {
        assertThatThrownBy(() -> read("data: <html>"))
                .isInstanceOf(RemoteFailure.class)
                .hasMessageContaining("no JSON");
    }

    private void read(String... text) {
        for (String line : text) {
            lines.line(line);
        }
    }
}
