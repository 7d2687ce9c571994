package dev.tierway.adapter.providers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.DecodedStreamReader;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesDecoderTest implements ReplyReader.Findings {
    private static final String USAGE = "'usage':{'input_tokens':10,'input_tokens_details':{'cached_tokens':4},"
            + "'output_tokens':5,'output_tokens_details':{'reasoning_tokens':2},'total_tokens':15}";

    private final List<ReplyEvent.Frame> frames = new ArrayList<>();
    private TokenUsage ended;
    private Failure failure;

    @Override
    public void event(ReplyEvent event) {
        frames.add((ReplyEvent.Frame) event);
    }

    @Override
    public void end(TokenUsage usage) {
        ended = usage;
    }

    @Override
    public void failed(Failure why) {
        failure = why;
    }

    private void stream(String... events) {
        DecodedStreamReader reader = new DecodedStreamReader(
                ReplyShape.WIRE,
                SseSplitter::new,
                1 << 16,
                new ResponsesDecoder(),
                new UsageTally(3),
                new ErrorClassifier(new Redactor(List.of())),
                this);
        for (String event : events) {
            reader.bytes(("event: x\ndata: " + event.replace('\'', '"') + "\n\n").getBytes(UTF_8));
        }
        reader.ended();
    }

    private static DecodedReply whole(String json) throws Exception {
        return new ResponsesDecoder().whole(json.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void a_stream_goes_through_and_is_accounted() {
        stream(
                "{'type':'response.created','response':{'usage':null}}",
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'message'}}",
                "{'type':'response.output_text.delta','delta':'hi'}",
                "{'type':'response.something.new'}",
                "{'type':'response.completed','response':{" + USAGE + "}}");
        assertThat(frames.stream().map(ReplyEvent.Frame::kind))
                .containsExactly(
                        ReplyEvent.Frame.Kind.PREAMBLE,
                        ReplyEvent.Frame.Kind.PREAMBLE,
                        ReplyEvent.Frame.Kind.SEMANTIC,
                        ReplyEvent.Frame.Kind.PREAMBLE,
                        ReplyEvent.Frame.Kind.SEMANTIC);
        assertThat(ended).isEqualTo(new TokenUsage(10, 4, 0, 0, 0, 5, 2, 0, 0, TokenUsage.Counted.REPORTED));
    }

    @Test
    void a_call_of_a_tool_is_something_to_the_caller() {
        stream(
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'function_call','id':'fc','name':'f'}}",
                "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'{}'}",
                "{'type':'response.incomplete','response':{'incomplete_details':{'reason':'max_output_tokens'}}}");
        assertThat(frames.getFirst().kind()).isEqualTo(ReplyEvent.Frame.Kind.SEMANTIC);
        assertThat(ended.how()).isEqualTo(TokenUsage.Counted.ESTIMATED);
    }

    @Test
    void a_stream_without_its_end_is_broken() {
        stream("{'type':'response.output_text.delta','delta':'hi'}");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void a_failed_response_is_a_failure() {
        stream("{'type':'response.failed','response':{'error':{'code':'insufficient_quota','message':'pay first'}}}");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.ACCOUNT_EXHAUSTED);
        assertThat(failure.message()).contains("pay first");
    }

    @Test
    void garbage_is_a_fault() {
        stream("[1]");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    @Test
    void a_whole_response_is_read() throws Exception {
        DecodedReply reply = whole("{'id':'r','model':'m','created_at':7,'error':null,"
                + "'incomplete_details':{'reason':'content_filter'},'output':["
                + "{'type':'reasoning','summary':[{'type':'summary_text','text':'hm'}]},"
                + "{'type':'message','content':[{'type':'output_text','text':'hi'},{'type':'refusal','refusal':'no'}]},"
                + "{'type':'web_search_call'},"
                + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}]," + USAGE + "}");
        assertThat(reply.choices().getFirst().message().text()).isEqualTo("hi");
        assertThat(reply.choices().getFirst().message().toolCalls()).hasSize(1);
        assertThat(reply.choices().getFirst().finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(reply.usage().input()).isEqualTo(10);
    }

    @Test
    void an_error_or_something_else_is_no_response() {
        assertThatThrownBy(() -> whole("{'error':{'message':'no'}}")).isInstanceOf(VendorErrorException.class);
        assertThatThrownBy(() -> whole("{'id':'r'}")).isInstanceOf(IOException.class);
    }
}
