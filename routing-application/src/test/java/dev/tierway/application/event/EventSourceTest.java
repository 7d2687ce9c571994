package dev.tierway.application.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What calls come to, as events. */
class EventSourceTest {
    private final TestApplication app = TestApplication.with(Fleet.of("a/m", "b/m"));
    private final List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
    private final EventBus bus = new EventBus((name, thrown) -> {});
    private final EventSource source =
            new EventSource(bus, app.registry, app.clock::nanos, () -> 1_700_000_000_000L, () -> 1);

    EventSourceTest() {
        bus.subscribe("test", heard::add);
    }

    private List<GatewayEvent> all() {
        app.recorded.attemptsEnded.forEach(source::attemptEnded);
        app.recorded.finished.forEach(source::finished);
        bus.close(Duration.ofSeconds(20));
        return heard;
    }

    private List<String> types() {
        return all().stream().map(event -> event.type().id()).toList();
    }

    private Map<String, Object> data(EventType type) {
        return heard.stream()
                .filter(event -> event.type() == type)
                .findFirst()
                .orElseThrow()
                .data();
    }

    @Test
    void a_call_that_delivers_is_completed() {
        app.call(new RecordingSink());
        app.transport.last().answers("hi");

        assertThat(types()).containsExactly("request.completed");
        assertThat(data(EventType.REQUEST_COMPLETED))
                .containsEntry("outcome", "delivered")
                .containsEntry("http_status", 200)
                .containsEntry("address", "tier:mid/chat")
                .containsEntry("attempts", 1)
                .containsEntry("input_tokens", 1000L)
                .containsKeys("decision", "request_id", "replica", "cost_usd");
    }

    @Test
    void a_call_that_goes_on_elsewhere_is_switched() {
        app.call(new RecordingSink());
        String first = app.transport.last().replica();
        app.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);
        app.transport.last().answers("hi");

        assertThat(types()).containsExactly("request.completed", "replica.switched");
        assertThat(data(EventType.REPLICA_SWITCHED))
                .containsEntry("from", first)
                .containsEntry("to", app.transport.last().replica())
                .containsEntry("class", "upstream_fault");
    }

    @Test
    void a_call_that_fails_has_a_code_and_a_client_that_left_is_neither() {
        app.call(new RecordingSink());
        app.transport.last().sent().fails(FailureClass.INVALID_REQUEST);
        app.call(new RecordingSink()).leave();
        app.executor.turn();

        assertThat(types()).containsExactly("request.failed");
        assertThat(data(EventType.REQUEST_FAILED)).containsEntry("code", "invalid_request");
    }

    @Test
    void a_wrong_credential_is_the_operators_business_and_opens_a_circuit_once() {
        app.call(new RecordingSink());
        app.transport.last().sent().fails(FailureClass.CREDENTIAL);
        source.attemptEnded(app.recorded.attemptsEnded.getFirst());

        assertThat(types()).containsOnlyOnce("circuit.opened").contains("replica.misconfigured");
        assertThat(data(EventType.REPLICA_MISCONFIGURED)).containsEntry("class", "credential");
        assertThat(data(EventType.CIRCUIT_OPENED)).containsKeys("scope", "id", "class");
    }

    @Test
    void what_nobody_wants_is_not_made() {
        bus.close();
        app.call(new RecordingSink());
        app.transport.last().answers("hi");

        assertThat(all()).isEmpty();
        assertThat(bus.counts()).containsEntry("published", 0L);
    }
}
