package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final TokenUsage USAGE = TokenUsage.reported(1, 2);
    private static final Failure CANCELLED = Failure.of(FailureClass.CANCELLED, Processed.UNKNOWN, "left");

    private final List<String> heard = new ArrayList<>();
    private Runnable onEvent = () -> {};
    private final Outbox outbox = new Outbox(
            new AttemptSink() {
                @Override
                public void sent() {
                    heard.add("sent");
                }

                @Override
                public void head(ReplyHead head) {
                    heard.add("head");
                }

                @Override
                public void event(ReplyEvent event) {
                    heard.add(((ChatEvent.TextDelta) ((ReplyEvent.Piece) event).event()).text());
                    onEvent.run();
                }

                @Override
                public void end(TokenUsage usage) {
                    heard.add("end");
                }

                @Override
                public void failed(Failure failure) {
                    heard.add(failure.failureClass().id());
                }
            },
            true);

    @Test
    void events_wait_for_demand() {
        text("a", "b", "c");
        assertThat(heard).isEmpty();
        outbox.request(2);
        assertThat(heard).containsExactly("a", "b");
        assertThat(outbox.backlog()).isTrue();
    }

    @Test
    void the_end_comes_after_the_last_event_was_taken() {
        text("a");
        outbox.end(USAGE);
        assertThat(heard).isEmpty();
        outbox.request(1);
        assertThat(heard).containsExactly("a", "end");
    }

    @Test
    void the_end_needs_no_demand_of_its_own() {
        outbox.request(1);
        text("a");
        outbox.end(USAGE);
        assertThat(heard).containsExactly("a", "end");
    }

    @Test
    void a_failure_leaves_what_came_before_it_to_the_caller() {
        text("a");
        outbox.failed(Failure.of(FailureClass.STREAM_BROKEN, Processed.YES, "cut"));
        outbox.request(5);
        assertThat(heard).containsExactly("a", "stream_broken");
    }

    @Test
    void there_is_one_ending() {
        outbox.end(USAGE);
        outbox.failed(CANCELLED);
        outbox.end(USAGE);
        outbox.close(CANCELLED).run();
        assertThat(heard).containsExactly("end");
    }

    @Test
    void asking_for_more_from_within_an_event_keeps_the_order() {
        onEvent = () -> outbox.request(1);
        outbox.request(1);
        text("a", "b", "c");
        assertThat(heard).containsExactly("a", "b", "c");
        assertThat(outbox.full()).isFalse();
    }

    @Test
    void closing_drops_what_waits_and_tells_of_the_cancellation() {
        text("a");
        outbox.close(CANCELLED).run();
        outbox.request(5);
        assertThat(heard).containsExactly("cancelled");
    }

    @Test
    void closing_a_complete_reply_tells_of_its_end() {
        text("a");
        outbox.end(USAGE);
        outbox.close(CANCELLED).run();
        assertThat(heard).containsExactly("end");
    }

    @Test
    void closing_from_within_an_event_stops_the_rest() {
        onEvent = () -> outbox.close(CANCELLED).run();
        text("a", "b");
        outbox.request(2);
        assertThat(heard).containsExactly("a", "cancelled");
    }

    @Test
    void demand_without_limit_never_runs_out() {
        outbox.request(Long.MAX_VALUE);
        outbox.request(Long.MAX_VALUE);
        text("a", "b", "c");
        assertThat(heard).containsExactly("a", "b", "c");
        assertThat(outbox.full()).isFalse();
    }

    private void text(String... texts) {
        for (String text : texts) {
            outbox.event(new ReplyEvent.Piece(new ChatEvent.TextDelta(0, text)));
        }
    }
}
