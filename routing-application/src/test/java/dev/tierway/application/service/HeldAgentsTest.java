package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.PausedException;
import dev.tierway.application.fixture.FakeOperatorStore;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.operator.OperatorOrder.Hold;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Agents as operators pause, stop and resume them. */
class HeldAgentsTest {
    private static final CallOptions CODER =
            CallOptions.builder().agent("coder").workflow("release").build();

    private final FakeOperatorStore store = new FakeOperatorStore();
    private final TestApplication app = TestApplication.with(Fleet.of("a/m"));
    private final OperatorService service = new OperatorService(
            app.registry,
            new RuleSwitches(app.rules, Strategies.BUILT_IN, app.holds),
            store,
            store,
            List.of(),
            app.clock::nanos,
            () -> app.clock.nanos() / 1_000_000,
            "gw");

    private OperatorReceipt order(Scope scope, Hold.State state, @Nullable Duration lasting) {
        return service.operate(new OperatorCommand(scope, new Hold(state), lasting, "runs wild", "ann"))
                .toCompletableFuture()
                .join();
    }

    private RecordingSink call(CallOptions options) {
        CallCommand command = app.command("tier:mid", true);
        RecordingSink sink = new RecordingSink();
        app.service
                .call(
                        new CallCommand(
                                command.target(), command.payload(), command.facts(), options, "req_1", Caller.ANYONE),
                        sink)
                .request(Long.MAX_VALUE);
        app.executor.turn();
        return sink;
    }

    @Test
    void a_paused_agents_next_call_is_refused_with_who_and_why_and_others_go_on() {
        order(Scope.agent("coder"), Hold.State.PAUSED, null);

        assertThatThrownBy(() -> call(CODER))
                .isInstanceOfSatisfying(PausedException.class, refused -> {
                    assertThat(refused.httpStatus()).isEqualTo(403);
                    assertThat(refused.code()).isEqualTo("paused");
                    assertThat(refused.retryable()).isFalse();
                })
                .hasMessage("agent 'coder' was paused by ann (runs wild); tierway agents resume --agent 'coder'"
                        + " takes that back");
        call(CallOptions.builder().agent("writer").build());
        call(CallOptions.NONE);
        assertThat(app.service.runningCalls()).isEqualTo(2);
    }

    @Test
    void what_a_paused_agent_has_in_flight_goes_on() {
        RecordingSink sink = call(CODER);
        order(Scope.workflow("release"), Hold.State.PAUSED, null);
        app.executor.turn();

        app.transport.last().answers("done");
        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void what_a_stopped_agent_has_in_flight_is_cancelled_upstream() {
        RecordingSink sink = call(CODER);
        RecordingSink other = call(CallOptions.NONE);
        order(Scope.agent("coder"), Hold.State.STOPPED, null);
        app.executor.turn();

        assertThat(sink.result()).isInstanceOf(CallResult.Halted.class);
        assertThat(Errors.of(Objects.requireNonNull(sink.selection())))
                .isInstanceOf(PausedException.class)
                .hasMessageContaining("agent 'coder' was stopped by ann (runs wild)");
        assertThat(app.transport.attempts().getFirst().cancelled()).isTrue();
        app.transport.attempts().getFirst().fails(FailureClass.CANCELLED);
        assertThat(app.service.runningCalls()).isEqualTo(1);
        app.transport.last().answers("done");
        assertThat(other.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void everything_can_be_held_and_let_go() {
        order(Scope.gateway(), Hold.State.PAUSED, null);
        assertThatThrownBy(() -> call(CallOptions.NONE)).hasMessageStartingWith("everything was paused by ann");

        order(Scope.gateway(), Hold.State.RUNNING, null);
        call(CallOptions.NONE);
        assertThat(app.service.runningCalls()).isEqualTo(1);
    }

    @Test
    void resuming_one_agent_says_that_everything_is_still_held() {
        order(Scope.gateway(), Hold.State.PAUSED, null);

        assertThat(order(Scope.agent("coder"), Hold.State.RUNNING, null).warnings())
                .singleElement()
                .asString()
                .startsWith("It stays held: everything was paused by ann");
    }

    @Test
    void a_hold_with_an_end_ends_by_itself_and_another_instance_knows_it() {
        order(Scope.agent("coder"), Hold.State.PAUSED, Duration.ofMinutes(1));
        TestApplication second = TestApplication.with(Fleet.of("a/m"));
        OperatorService other = new OperatorService(
                second.registry,
                new RuleSwitches(second.rules, Strategies.BUILT_IN, second.holds),
                store,
                store,
                List.of(),
                app.clock::nanos,
                () -> app.clock.nanos() / 1_000_000,
                "gw-2");
        other.refresh().toCompletableFuture().join();
        assertThatThrownBy(() -> second.holds.requireFree(CODER)).isInstanceOf(PausedException.class);

        app.clock.advance(Duration.ofSeconds(61));
        service.obey();
        call(CODER);
        assertThat(app.service.runningCalls()).isEqualTo(1);
    }
}
