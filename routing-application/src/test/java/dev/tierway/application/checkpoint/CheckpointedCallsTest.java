package dev.tierway.application.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.StateConflictException;
import dev.tierway.application.error.StepBusyException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.fixture.FakeQuotaStore;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.LoopExecutor;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore.Claim;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.Ports;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CheckpointedCallsTest {
    private static final Target MID = Target.parse("tier:mid");
    private static final ChatRequest HELLO = ChatRequest.of("hello");
    private static final CallOptions STEP =
            CallOptions.builder().workflow("w").step("s").agent("ann").build();

    private final LoopExecutor loop = new LoopExecutor();
    private final FakeTransport transport = new FakeTransport(() -> {});
    private final Recorded recorded = new Recorded();
    private final HeldStore store = new HeldStore();
    private final AtomicLong entropy = new AtomicLong();
    private CheckpointedCalls checkpointed;

    @AfterEach
    void close() {
        loop.close();
    }

    private ChatCalls calls(CheckpointSettings settings) {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m").registry();
        dev.tierway.application.port.out.RoutingListener failures =
                new dev.tierway.application.port.out.RoutingListener() {
                    @Override
                    public void attemptEnded(dev.tierway.application.port.out.LedgerRow row) {
                        checkpointed.attemptEnded(row);
                    }
                };
        CallService service = new CallService(
                registry,
                () -> Policies.policy().build(),
                new Ports(
                        transport,
                        new FakeQuotaStore(),
                        recorded,
                        recorded,
                        List.of(failures),
                        loop,
                        System::nanoTime,
                        System::currentTimeMillis,
                        entropy::incrementAndGet),
                "test");
        checkpointed = new CheckpointedCalls(
                new CheckpointParts(
                        service,
                        service,
                        registry,
                        store,
                        recorded,
                        new Fingerprint(bytes -> Integer.toHexString(Arrays.hashCode(bytes))),
                        loop,
                        System::nanoTime,
                        System::currentTimeMillis,
                        entropy::incrementAndGet,
                        "test"),
                settings);
        return new ChatCalls(checkpointed, service, loop, entropy::incrementAndGet);
    }

    private Routed<ChatResponse> call(CallOptions options) {
        return calls(CheckpointSettings.ON).call(MID, HELLO, options);
    }

    @Test
    void a_completed_step_is_kept_with_what_it_used_and_who_asked() {
        transport.always(attempt -> attempt.answers("hi"));

        assertThat(call(STEP).response().text()).isEqualTo("hi");

        assertThat(store.completed).singleElement().satisfies(kept -> {
            assertThat(kept.step()).isEqualTo(new StepKey(null, "w", "s"));
            assertThat(kept.agent()).isEqualTo("ann");
            assertThat(kept.inputTokens()).isEqualTo(1000);
            assertThat(kept.failedReplicas()).isEmpty();
        });
    }

    @Test
    void asked_again_it_is_answered_by_what_was_kept_and_says_so() {
        transport.always(attempt -> attempt.answers("hi"));
        call(STEP);
        store.claim = new Claim.Done(store.completed.getFirst());

        Routed<ChatResponse> again = call(STEP);

        assertThat(again.response().text()).isEqualTo("hi");
        assertThat(again.selection().attempts()).isZero();
        assertThat(again.selection().warnings()).singleElement().asString().contains("nothing was paid");
        assertThat(transport.attempts()).hasSize(1);
        assertThat(store.completed).hasSize(1);
    }

    @Test
    void a_streamed_step_is_kept_too_and_given_again_in_pieces() {
        transport.always(
                attempt -> attempt.sent().head().begins().says("hel").says("lo").ends());
        try (ChatStream stream = calls(CheckpointSettings.ON).stream(MID, HELLO, STEP)) {
            stream.forEach(event -> {});
            assertThat(stream.text()).isEqualTo("hello");
        }
        store.claim = new Claim.Done(store.completed.getFirst());

        try (ChatStream again = calls(CheckpointSettings.ON).stream(MID, HELLO, STEP)) {
            again.forEach(event -> {});
            assertThat(again.text()).isEqualTo("hello");
            assertThat(again.selection().warnings()).isNotEmpty();
        }
        assertThat(call(STEP).response().text()).as("and whole").isEqualTo("hello");
        assertThat(transport.attempts()).hasSize(1);
    }

    @Test
    void where_an_attempt_failed_is_told_at_once_and_avoided_by_the_next_writer() {
        transport.always(attempt -> attempt.sent().fails(FailureClass.UPSTREAM_FAULT));
        assertThatThrownBy(() -> call(STEP)).isInstanceOf(TierwayException.class);
        assertThat(store.log).contains("failed at a/m", "failed at b/m", "release");
        assertThat(store.completed).isEmpty();

        store.claim = new Claim.Taken(List.of("a/m"));
        transport.always(attempt -> attempt.answers("hi"));
        for (int i = 0; i < 5; i++) {
            call(STEP);
            assertThat(transport.last().replica()).isEqualTo("b/m");
        }
        store.claim = new Claim.Taken(List.of("a/m", "b/m"));
        assertThat(call(STEP).response().text()).as("nobody else is there").isEqualTo("hi");
    }

    @Test
    void a_step_has_one_writer() {
        long later = System.currentTimeMillis() + 60_000;
        store.first.add(new Claim.Busy("other", later));
        // The other has said something since: it is alive.
        store.claim = new Claim.Busy("other", later + 1);

        assertThatThrownBy(() -> call(STEP)).isInstanceOf(StepBusyException.class);
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void one_that_has_crashed_is_waited_out() {
        transport.always(attempt -> attempt.answers("hi"));
        store.first.add(new Claim.Busy("dead", System.currentTimeMillis() + 50));
        ChatCalls calls = calls(new CheckpointSettings(true, Duration.ofMillis(100)));

        assertThat(calls.call(MID, HELLO, STEP).response().text()).isEqualTo("hi");
    }

    @Test
    void a_paid_answer_is_given_though_it_could_not_be_kept() {
        transport.always(attempt -> attempt.answers("hi"));
        store.keeps = false;

        Routed<ChatResponse> routed = call(STEP);

        assertThat(routed.response().text()).isEqualTo("hi");
        assertThat(routed.selection().warnings()).containsExactly("this step isn't kept: another writer took it over");
    }

    @Test
    void a_kept_reply_that_cannot_be_read_is_an_error_that_says_what_to_do() {
        store.claim = new Claim.Done(new Checkpoint(
                new StepKey(null, "w", "s"), "h", null, "dec_1", "a/m", List.of(), "{", 1, 1, 1L, 1, 1, 0));

        assertThatThrownBy(() -> call(STEP))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("forget the workflow");
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void state_is_written_before_the_call_over_the_version_that_was_read() {
        transport.always(attempt -> attempt.answers("hi"));
        CallOptions first =
                STEP.toBuilder().state(new JsonText("{\"n\":1}"), 0L).build();
        call(first);
        assertThat(store.state).extracting(SharedState::version).isEqualTo(1L);
        assertThat(store.completed.getFirst().stateVersion()).isEqualTo(1);

        CallOptions stale =
                STEP.toBuilder().state(new JsonText("{\"n\":2}"), 0L).build();
        assertThatThrownBy(() -> call(stale))
                .isInstanceOfSatisfying(StateConflictException.class, conflict -> {
                    assertThat(conflict.seen()).contains(0L);
                    assertThat(conflict.found()).isEqualTo(1);
                })
                .hasMessageContaining("version 1, written by agent ann; you have read version 0");
        assertThat(transport.attempts()).hasSize(1);
    }

    @Test
    void who_does_not_say_what_it_has_read_overwrites_its_own_state_only() {
        transport.always(attempt -> attempt.answers("hi"));
        call(STEP.toBuilder().state(new JsonText("1")).build());
        call(STEP.toBuilder().state(new JsonText("2")).build());
        assertThat(store.state).extracting(SharedState::version).isEqualTo(2L);

        assertThatThrownBy(() -> call(
                        STEP.toBuilder().agent("bob").state(new JsonText("3")).build()))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("didn't say which version");
    }

    @Test
    void without_checkpoints_steps_are_names_and_states_are_refused() {
        transport.always(attempt -> attempt.answers("hi"));
        ChatCalls off = calls(CheckpointSettings.OFF);
        assertThat(off.call(MID, HELLO, STEP).response().text()).isEqualTo("hi");
        assertThat(store.log).isEmpty();
        assertThatThrownBy(() -> off.call(
                        MID, HELLO, STEP.toBuilder().state(new JsonText("1")).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("agents.checkpoints");
    }

    @Test
    void a_state_without_a_workflow_one_that_is_too_large_and_one_that_is_none_are_refused() {
        for (CallOptions wrong : List.of(
                CallOptions.builder().state(new JsonText("1")).build(),
                STEP.toBuilder()
                        .state(new JsonText("\"" + "x".repeat(256 << 10) + "\""))
                        .build(),
                STEP.toBuilder().state(new JsonText("{")).build(),
                STEP.toBuilder().stateVersion(3).build())) {
            assertThatThrownBy(() -> call(wrong)).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(transport.attempts()).isEmpty();
    }
}
