package dev.tierway.application.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.AllReplicasExhaustedException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** A streamed answer as a publisher keeps the rules of reactive streams. */
class ChatPublisherTest {
    private final TestApplication app = TestApplication.with(Fleet.of("a/m"));

    /** Asks for so many at subscription, and for one more at every piece if it is hungry. */
    private static final class Reader implements Flow.Subscriber<ChatEvent> {
        private final long first;
        private final boolean hungry;
        private final List<ChatEvent> events = new ArrayList<>();
        private Flow.Subscription subscription;
        private Throwable error;
        private boolean complete;
        private boolean cancelsAtFirst;
        private boolean breaksAtFirst;

        private Reader(long first, boolean hungry) {
            this.first = first;
            this.hungry = hungry;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (first != 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(ChatEvent event) {
            assertThat(complete || error != null).as("nothing follows the end").isFalse();
            events.add(event);
            if (breaksAtFirst) {
                throw new IllegalStateException("the subscriber broke");
            }
            if (cancelsAtFirst) {
                subscription.cancel();
            }
            if (hungry) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            assertThat(complete || error != null).as("one end").isFalse();
            error = failure;
        }

        @Override
        public void onComplete() {
            assertThat(complete || error != null).as("one end").isFalse();
            complete = true;
        }
    }

    private Reader subscribe(Reader reader) {
        return subscribe(reader, "tier:mid");
    }

    private Reader subscribe(Reader reader, String address) {
        app.chat()
                .streamAsync(Target.parse(address), ChatRequest.of("hello"), CallOptions.NONE)
                .subscribe(reader);
        app.executor.turn();
        return reader;
    }

    private void turn() {
        app.executor.turn();
    }

    @Test
    void nothing_starts_before_there_is_demand() {
        Reader reader = subscribe(new Reader(0, false));
        assertThat(app.recorded.started).isEmpty();

        reader.subscription.request(1);
        turn();

        assertThat(app.transport.attempts()).hasSize(1);
    }

    @Test
    void never_more_than_was_asked_for_is_given_not_even_what_was_held_back() {
        Reader reader = subscribe(new Reader(1, false));
        app.transport.last().sent().head().begins().says("a");
        assertThat(reader.events).hasSize(1);

        reader.subscription.request(1);
        turn();
        assertThat(reader.events).hasSize(2);

        app.transport.last().ends();
        assertThat(reader.complete).isTrue();
    }

    @Test
    void the_end_waits_for_the_pieces_before_it() {
        Reader reader = subscribe(new Reader(1, false));
        app.transport.last().sent().head().begins().says("a").says("b").ends();
        assertThat(reader.complete).isFalse();

        reader.subscription.request(5);
        turn();

        assertThat(reader.events).hasSize(3);
        assertThat(reader.complete).isTrue();
    }

    @Test
    void demand_reaches_the_vendor() {
        Reader reader = subscribe(new Reader(4, false));
        FakeTransport.Attempt attempt = app.transport.last().sent().says("a");
        assertThat(attempt.demanded()).isEqualTo(4);

        reader.subscription.request(6);
        turn();

        assertThat(attempt.demanded()).isEqualTo(10);
    }

    @Test
    void one_subscription_is_one_call_even_if_the_vendor_answers_within_the_first_request() {
        app.transport.always(
                attempt -> attempt.sent().head().begins().says("a").says("b").ends());

        Reader reader = subscribe(new Reader(1, true));

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(reader.events).hasSize(3);
        assertThat(reader.complete).isTrue();
    }

    @Test
    void cancelling_cancels_upstream_and_nothing_follows() {
        Reader reader = subscribe(new Reader(10, false));
        FakeTransport.Attempt attempt = app.transport.last().sent().says("a");

        reader.subscription.cancel();
        turn();
        attempt.says("b").fails(FailureClass.CANCELLED);

        assertThat(attempt.cancelled()).isTrue();
        assertThat(reader.events).hasSize(1);
        assertThat(reader.error).isNull();
        assertThat(app.inFlight()).isZero();
    }

    @Test
    void cancelling_within_the_first_piece_cancels_upstream_too() {
        Reader reader = new Reader(10, false);
        reader.cancelsAtFirst = true;
        app.transport.always(attempt -> attempt.sent().says("a").says("b"));

        subscribe(reader);

        assertThat(reader.events).hasSize(1);
        assertThat(app.transport.last().cancelled()).isTrue();
    }

    @Test
    void cancelling_before_any_demand_starts_nothing_ever() {
        Reader reader = subscribe(new Reader(0, false));

        reader.subscription.cancel();
        reader.subscription.request(1);
        turn();

        assertThat(app.transport.attempts()).isEmpty();
        assertThat(reader.error).isNull();
    }

    @Test
    void a_refusal_comes_as_an_error_after_the_subscription() {
        Reader reader = subscribe(new Reader(1, false), "nothing");

        assertThat(reader.subscription).isNotNull();
        assertThat(reader.error).isInstanceOf(UnknownModelException.class);
    }

    @Test
    void a_failure_comes_as_an_error() {
        Reader reader = subscribe(new Reader(1, false));
        app.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);

        assertThat(reader.error).isInstanceOf(AllReplicasExhaustedException.class);
    }

    @Test
    void demand_that_is_not_positive_is_an_error_and_cancels() {
        Reader reader = subscribe(new Reader(10, false));
        FakeTransport.Attempt attempt = app.transport.last().sent().says("a");

        reader.subscription.request(0);
        turn();

        assertThat(reader.error).isInstanceOf(IllegalArgumentException.class);
        assertThat(attempt.cancelled()).isTrue();
    }

    @Test
    void a_subscriber_that_throws_has_left() {
        Reader reader = new Reader(10, false);
        reader.breaksAtFirst = true;
        subscribe(reader);

        app.transport.last().sent().says("a");

        assertThat(app.transport.last().cancelled()).isTrue();
        assertThat(app.recorded.internalErrors).isNotEmpty();
        assertThat(reader.events).hasSize(1);
    }
}
