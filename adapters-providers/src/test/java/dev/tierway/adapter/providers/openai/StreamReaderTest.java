package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyEvent.Frame.Kind;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest implements ReplyReader.Findings {
    private static final String ROLE = "data: {\"id\":\"c\",\"model\":\"m\",\"created\":5,\"choices\":[{\"index\":0,"
            + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    private static final String TEXT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße 👋\"}}]}\n\n";
    private static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final List<ReplyEvent> events = new ArrayList<>();
    private final List<Object> endings = new ArrayList<>();

    @Override
    public void event(ReplyEvent event) {
        events.add(event);
    }

    @Override
    public void end(TokenUsage usage) {
        endings.add(usage);
    }

    @Override
    public void failed(Failure failure) {
        endings.add(failure);
    }

    @Test
    void frames_are_tagged_and_hold_the_bytes_that_came() {
        read(ReplyShape.WIRE, ": ping\n\n" + ROLE + TEXT + FINISH + USAGE + DONE);
        assertThat(kinds()).containsExactly(Kind.PREAMBLE, Kind.SEMANTIC, Kind.SEMANTIC, Kind.USAGE);
        assertThat(bytes()).isEqualTo(ROLE + TEXT + FINISH + USAGE);
        assertThat(endings).containsExactly(TokenUsage.reported(9, 3));
    }

    @Test
    void pieces_are_neutral() {
        read(ReplyShape.NEUTRAL, ROLE + TEXT + FINISH + USAGE + DONE);
        assertThat(pieces())
                .containsExactly(
                        new ChatEvent.Begin("c", "m", 5),
                        new ChatEvent.TextDelta(0, "Grüße 👋"),
                        new ChatEvent.Finished(0, FinishReason.STOP),
                        new ChatEvent.Usage(TokenUsage.reported(9, 3)));
    }

    @Test
    void a_report_of_nothing_for_an_answer_reaches_nobody() {
        String nothing = USAGE.replace(":9", ":0").replace(":3", ":0").replace(":12", ":0");
        read(ReplyShape.NEUTRAL, ROLE + TEXT + FINISH + nothing + DONE);
        assertThat(pieces().getLast()).isInstanceOfSatisfying(ChatEvent.Usage.class, told -> {
            assertThat(told.usage().how()).isEqualTo(TokenUsage.Counted.ESTIMATED);
            assertThat(told.usage().output()).isPositive();
            assertThat(endings).containsExactly(told.usage());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROLE + TEXT + FINISH + USAGE + DONE,
                TEXT + "data: {\"error\":{\"message\":\"x\"}}\n\n",
                ROLE + "data: <\n\n"
            })
    void cutting_the_stream_at_any_byte_changes_nothing(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        read(ReplyShape.NEUTRAL, stream);
        List<ChatEvent> whole = pieces();
        List<Object> wholeEndings = List.copyOf(endings);
        for (int at = 0; at <= bytes.length; at++) {
            events.clear();
            endings.clear();
            StreamReader reader = reader(ReplyShape.NEUTRAL);
            reader.bytes(Arrays.copyOf(bytes, at));
            reader.bytes(Arrays.copyOfRange(bytes, at, bytes.length));
            reader.ended();
            assertThat(pieces()).as("cut at " + at).isEqualTo(whole);
            assertThat(endings).as("cut at " + at).isEqualTo(wholeEndings);
        }
    }

    @Test
    void without_usage_it_is_estimated_from_what_was_seen() {
        read(ReplyShape.WIRE, TEXT + FINISH + DONE);
        assertThat(endings).containsExactly(TokenUsage.estimated(50, 3));
    }

    @Test
    void usage_in_the_first_chunk_alone_tells_the_input_and_the_output_is_counted() {
        read(
                ReplyShape.WIRE,
                USAGE.replace("\"completion_tokens\":3", "\"completion_tokens\":0") + TEXT + FINISH + DONE);
        assertThat(endings).containsExactly(TokenUsage.estimated(9, 3));
    }

    @Test
    void usage_that_comes_twice_counts_once() {
        read(ReplyShape.WIRE, TEXT + FINISH + USAGE + USAGE + DONE);
        assertThat(endings).containsExactly(TokenUsage.reported(9, 3));
    }

    @Test
    void a_stream_that_breaks_after_its_usage_is_charged_what_was_reported() {
        read(ReplyShape.WIRE, TEXT + USAGE + "data: <html>\n\n");
        assertThat(failure().failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(failure().usage()).isEqualTo(TokenUsage.reported(9, 3));
    }

    @Test
    void who_leaves_in_the_middle_is_charged_the_input_and_what_was_seen() {
        StreamReader reader = reader(ReplyShape.WIRE);
        assertThat(reader.used()).as("before anything came").isNull();
        reader.bytes((ROLE + TEXT).getBytes(StandardCharsets.UTF_8));
        assertThat(reader.used()).isEqualTo(TokenUsage.estimated(50, 3));
        reader.bytes(USAGE.getBytes(StandardCharsets.UTF_8));
        assertThat(reader.used()).isEqualTo(TokenUsage.reported(9, 3));
    }

    @Test
    void a_finish_reason_alone_or_a_done_alone_ends_a_stream() {
        read(ReplyShape.WIRE, TEXT + FINISH);
        read(ReplyShape.WIRE, TEXT + DONE);
        assertThat(endings).hasOnlyElementsOfType(TokenUsage.class).hasSize(2);
    }

    @Test
    void a_stream_that_stops_in_the_middle_is_broken_and_says_what_was_seen() {
        read(ReplyShape.WIRE, ROLE + TEXT);
        assertThat(failure().failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(failure().usage()).isEqualTo(TokenUsage.estimated(50, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                DONE,
                ROLE,
                ROLE + DONE,
                "data: {\"error\":{\"message\":\"x\"}}\n\n",
                "event: error\ndata: {\"message\":\"x\"}\n\n",
                "data: <html>\n\n",
                "data: {\"choices\":[{\"del\n\n",
            })
    void without_a_first_token_it_is_the_vendors_fault(String stream) {
        read(ReplyShape.WIRE, stream);
        assertThat(failure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}\n\n",
                "event: error\ndata: {\"message\":\"x\"}\n\n",
                "data: <html>\n\n",
                "data: {\"choices\":[{\"del\n\n",
            })
    void after_the_first_token_it_is_a_broken_stream(String rest) {
        read(ReplyShape.WIRE, TEXT + rest + TEXT);
        assertThat(failure().failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(events).hasSize(1);
    }

    @Test
    void an_event_that_never_ends_is_not_held() {
        StreamReader reader = reader(ReplyShape.WIRE);
        reader.bytes("data: ".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 20 && endings.isEmpty(); i++) {
            reader.bytes("x".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(failure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(failure().message()).contains("too long");
    }

    @Test
    void nothing_follows_the_end() {
        StreamReader reader = reader(ReplyShape.WIRE);
        reader.bytes((TEXT + DONE + TEXT).getBytes(StandardCharsets.UTF_8));
        reader.bytes(TEXT.getBytes(StandardCharsets.UTF_8));
        reader.ended();
        assertThat(events).hasSize(1);
        assertThat(endings).hasSize(1);
    }

    @Test
    void parallel_calls_that_are_all_numbered_0_stay_apart() {
        read(
                ReplyShape.NEUTRAL,
                tool("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{}\"")
                        + tool("\"index\":0,\"id\":\"b\"", "\"name\":\"f\",\"arguments\":\"{\"")
                        + tool("\"index\":0", "\"arguments\":\"}\"")
                        + FINISH);
        assertThat(pieces().subList(1, 4))
                .containsExactly(
                        new ChatEvent.ToolCallDelta(0, 0, "a", "f", "{}"),
                        new ChatEvent.ToolCallDelta(0, 1, "b", "f", "{"),
                        new ChatEvent.ToolCallDelta(0, 1, null, null, "}"));
    }

    @Test
    void a_name_in_pieces_is_told_whole_and_once() {
        read(
                ReplyShape.NEUTRAL,
                tool("\"index\":0,\"id\":\"a\"", "\"name\":\"get_\",\"arguments\":\"\"")
                        + tool("\"index\":0,\"id\":\"a\"", "\"name\":\"weather\"")
                        + tool("\"index\":0,\"id\":\"a\"", "\"name\":\"get_weather\",\"arguments\":\"{}\"")
                        + FINISH);
        assertThat(pieces().get(1)).isEqualTo(new ChatEvent.ToolCallDelta(0, 0, "a", "get_weather", "{}"));
    }

    @Test
    void a_call_without_arguments_or_id_is_told_when_the_choice_ends() {
        read(ReplyShape.NEUTRAL, tool("\"index\":0", "\"name\":\"f\"") + FINISH);
        assertThat(pieces().subList(1, 3))
                .containsExactly(
                        new ChatEvent.ToolCallDelta(0, 0, "call_0_0", "f", ""),
                        new ChatEvent.Finished(0, FinishReason.STOP));
    }

    private static String tool(String call, String function) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{" + call + ",\"function\":{" + function
                + "}}]}}]}\n\n";
    }

    private StreamReader reader(ReplyShape shape) {
        return new StreamReader(shape, 1000, new UsageTally(50), new ErrorClassifier(new Redactor(List.of())), this);
    }

    private void read(ReplyShape shape, String stream) {
        StreamReader reader = reader(shape);
        reader.bytes(stream.getBytes(StandardCharsets.UTF_8));
        reader.ended();
    }

    private Failure failure() {
        assertThat(endings).hasSize(1);
        return (Failure) endings.getFirst();
    }

    private List<Kind> kinds() {
        return events.stream().map(e -> ((ReplyEvent.Frame) e).kind()).toList();
    }

    private String bytes() {
        StringBuilder all = new StringBuilder();
        events.forEach(e -> all.append(new String(((ReplyEvent.Frame) e).bytes(), StandardCharsets.UTF_8)));
        return all.toString();
    }

    private List<ChatEvent> pieces() {
        return events.stream().map(e -> ((ReplyEvent.Piece) e).event()).toList();
    }
}
