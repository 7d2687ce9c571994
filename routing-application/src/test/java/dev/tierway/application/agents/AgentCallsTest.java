package dev.tierway.application.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.LimitExceededException;
import dev.tierway.application.error.LoopDetectedException;
import dev.tierway.application.fixture.BookedLedger;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.AgentsStatus;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.LoopKind;
import dev.tierway.domain.agent.LoopRules;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls of agents, held to limits and looked through for loops. */
class AgentCallsTest {
    private static final long START = 1_700_000_000_000L;

    private final TestApplication app = TestApplication.with(Fleet.of("a/m"));
    private final BookedLedger ledger = new BookedLedger();
    private long millis = START;
    private Agents agents;
    private CallAddress calls;

    private void holding(AgentRules rules, LoopSettings loops) {
        agents = new Agents(
                rules,
                loops,
                app.limits,
                app.holds,
                new Agents.Parts(
                        app.quota,
                        ledger,
                        app.recorded,
                        null,
                        app.executor,
                        () -> millis,
                        () -> 7,
                        List.of(app.recorded)));
        calls = agents.holding(app.service);
    }

    private static LoopSettings loops(int sameOutput, int pingPong, LoopAction action) {
        return new LoopSettings(new LoopRules(sameOutput, 0, pingPong, 0, 20, action), false);
    }

    private RecordingSink call(String agent, String workflow) {
        CallOptions.Builder options = CallOptions.builder().agent(agent);
        if (!workflow.isEmpty()) {
            options.workflow(workflow);
        }
        CallCommand plain = app.command("tier:mid", false);
        RecordingSink sink = new RecordingSink();
        calls.call(
                new CallCommand(plain.target(), plain.payload(), plain.facts(), options.build(), "req", Caller.ANYONE),
                sink);
        app.executor.turn();
        return sink;
    }

    private RecordingSink answered(String agent, String workflow, String words) {
        RecordingSink sink = call(agent, workflow);
        app.transport.last().sent().answers(words);
        app.executor.turn();
        return sink;
    }

    private List<Descriptor> reserved() {
        return app.quota.reserved().getLast().descriptors();
    }

    @Test
    void an_execution_is_an_agent_within_a_workflow_and_counts_in_its_workflow_too() {
        holding(
                new AgentRules(
                        ExecutionLimits.parse("steps=50"),
                        Map.of("coder", ExecutionLimits.parse("steps=9")),
                        ExecutionLimits.parse("steps=200"),
                        Map.of(),
                        ExecutionLimits.parse("calls-per-minute=1000")),
                LoopSettings.DEFAULT);
        call("coder", "release");

        assertThat(reserved())
                .extracting(Descriptor::owner)
                .containsExactly(
                        "agents:execution/agent:release=coder", "agents:workflow/workflow=release", "agents:gateway");
        assertThat(reserved()).extracting(one -> one.limit().amount()).containsExactly(9L, 200L, 1000L);
        call("critic", "");
        assertThat(reserved())
                .extracting(Descriptor::owner)
                .containsExactly("agents:execution/agent=critic", "agents:gateway");
    }

    @Test
    void a_call_that_names_nobody_is_no_agents() {
        holding(AgentRules.each(ExecutionLimits.parse("steps=1")), LoopSettings.DEFAULT);
        calls.call(app.command("tier:mid", false), new RecordingSink());
        app.executor.turn();

        assertThat(app.quota.reserved()).isEmpty();
    }

    @Test
    void a_denial_names_the_limit_what_is_used_and_what_is_allowed() {
        holding(AgentRules.each(ExecutionLimits.parse("steps=50")), LoopSettings.DEFAULT);
        app.quota.answers(id -> new QuotaStore.Result.Denied(reserved().getFirst(), null, 0));
        RecordingSink sink = call("coder", "release");

        assertThat(sink.result()).isInstanceOf(CallResult.LimitReached.class);
        assertThat(Errors.of(sink.selection())).isInstanceOfSatisfying(LimitExceededException.class, refused -> {
            assertThat(refused.httpStatus()).isEqualTo(402);
            assertThat(refused.code()).isEqualTo("limit_exceeded");
            assertThat(refused.limit()).isEqualTo("steps");
            assertThat(refused.used()).isEqualTo("50");
            assertThat(refused.allowed()).isEqualTo("50");
            assertThat(refused.retryable()).isFalse();
            assertThat(refused)
                    .hasMessageContaining("limit 'steps' of agent 'coder' in workflow 'release' allows 50 requests in"
                            + " total, of which 50 requests are used: 0 requests left; waiting doesn't help")
                    .hasMessageContaining("tierway agents reset");
        });
    }

    @Test
    void a_rate_says_when_to_come_again() {
        holding(AgentRules.each(ExecutionLimits.parse("calls-per-minute=30")), LoopSettings.DEFAULT);
        app.quota.answers(id -> new QuotaStore.Result.Denied(
                reserved().getFirst(), Duration.ofSeconds(2).toNanos(), 0));
        RecordingSink sink = call("coder", "");

        assertThat(Errors.of(sink.selection())).isInstanceOfSatisfying(LimitExceededException.class, refused -> {
            assertThat(refused.limit()).isEqualTo("calls-per-minute");
            assertThat(refused.retryable()).isTrue();
            assertThat(refused.retryAfter())
                    .hasValueSatisfying(after -> assertThat(after).isPositive());
        });
    }

    @Test
    void at_four_fifths_a_call_is_warned() {
        holding(AgentRules.each(ExecutionLimits.parse("steps=50")), LoopSettings.OFF);
        app.quota.answers(id ->
                new QuotaStore.Result.Granted(List.of(new Left(reserved().getFirst(), 10, Long.MAX_VALUE, false))));
        RecordingSink sink = answered("coder", "", "hi");

        assertThat(sink.begun().warnings())
                .singleElement()
                .asString()
                .contains("limit 'steps' of agent 'coder'", "10 requests of 50 requests in total left");
    }

    @Test
    void time_counts_from_the_first_call_also_over_a_restart() {
        AgentRules minute = AgentRules.each(ExecutionLimits.parse("elapsed=60s"));
        holding(minute, LoopSettings.OFF);
        answered("coder", "release", "one");
        millis += 59_000;
        answered("coder", "release", "two");
        app.recorded.rows.forEach(ledger::append);
        millis += 1_000;

        assertThatThrownBy(() -> call("coder", "release"))
                .isInstanceOfSatisfying(LimitExceededException.class, refused -> {
                    assertThat(refused.limit()).isEqualTo("elapsed");
                    assertThat(refused.used()).isEqualTo("60s");
                    assertThat(refused.allowed()).isEqualTo("60s");
                })
                .hasMessageContaining("agent 'coder' in workflow 'release'");
        assertThat(call("coder", "other").ended()).as("another execution").isFalse();

        holding(minute, LoopSettings.OFF);
        RecordingSink after = call("coder", "release");
        assertThat(after.refused()).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void a_reset_begins_a_new_count_and_limits_can_be_ordered() {
        holding(AgentRules.each(ExecutionLimits.parse("steps=50")), LoopSettings.OFF);
        app.holds.obey(List.of(
                order(17, Scope.agent("coder"), new OperatorOrder.Reset(Instant.ofEpochMilli(START))),
                order(18, Scope.agent("critic"), new OperatorOrder.SetLimits(ExecutionLimits.parse("steps=2")))));
        call("coder", "release");
        assertThat(reserved()).extracting(Descriptor::owner).containsExactly("agents:execution@17/agent:release=coder");
        call("critic", "release");
        assertThat(reserved()).extracting(Descriptor::owner).containsExactly("agents:execution/agent:release=critic");
        assertThat(reserved()).extracting(one -> one.limit().amount()).containsExactly(2L);
    }

    private static OperatorAction order(long number, Scope scope, OperatorOrder order) {
        return new OperatorAction(number, scope, order, "ann", null, null);
    }

    @Test
    void names_that_look_like_parts_of_a_key_stay_apart() {
        holding(AgentRules.each(ExecutionLimits.parse("steps=50")), LoopSettings.OFF);
        call("b", "a=x/agent");
        String one = reserved().getFirst().owner();
        call("x/agent=b", "a");
        assertThat(reserved().getFirst().owner()).isNotEqualTo(one);
    }

    @Test
    void two_agents_that_only_answer_each_other_are_stopped_after_the_configured_turns() {
        holding(AgentRules.NONE, loops(0, 4, LoopAction.STOP));
        RecordingSink last = null;
        for (int turn = 0; turn < 4; turn++) {
            last = answered("coder", "release", "draft " + turn);
            assertThat(warnings(last)).isEmpty();
            last = answered("critic", "release", "again " + turn);
        }
        assertThat(last.result()).as("a paid answer is handed over").isInstanceOf(CallResult.Delivered.class);
        assertThat(warnings(last)).singleElement().asString().contains("loop (ping_pong)", "the next call is refused");
        assertThat(app.recorded.decisions.getLast().warnings())
                .as("the decision that is kept")
                .isNotEmpty();

        assertThatThrownBy(() -> call("coder", "release"))
                .isInstanceOfSatisfying(LoopDetectedException.class, refused -> {
                    assertThat(refused.httpStatus()).isEqualTo(422);
                    assertThat(refused.code()).isEqualTo("loop_detected");
                    assertThat(refused.loop().kind()).isEqualTo(LoopKind.PING_PONG);
                    assertThat(refused.loop().times()).isEqualTo(4);
                    assertThat(refused.loop().agents()).containsExactly("coder", "critic");
                })
                .hasMessageContaining("agent 'coder' and agent 'critic'")
                .hasMessageContaining("tierway agents reset --workflow 'release'");
        answered("coder", "other", "another workflow goes on");
        AgentsStatus status =
                agents.queries(app.limits).agents().toCompletableFuture().join();
        assertThat(status.loops())
                .singleElement()
                .satisfies(loop -> assertThat(loop.kind()).isEqualTo("ping_pong"));

        app.holds.obey(List.of(order(3, Scope.workflow("release"), new OperatorOrder.Reset(Instant.EPOCH))));
        assertThat(warnings(answered("coder", "release", "begun anew"))).isEmpty();
    }

    @Test
    void agents_whose_work_gets_on_are_left_alone() {
        holding(AgentRules.NONE, loops(3, 0, LoopAction.STOP));
        for (int turn = 0; turn < 12; turn++) {
            assertThat(warnings(answered("coder", "release", "draft " + turn))).isEmpty();
        }
    }

    @Test
    void a_hint_is_given_once_and_said() {
        holding(AgentRules.NONE, loops(3, 0, LoopAction.HINT));
        for (int turn = 0; turn < 3; turn++) {
            answered("coder", "release", "the same");
        }
        RecordingSink hinted = answered("coder", "release", "something else");
        assertThat(app.transport
                        .last()
                        .request()
                        .payload()
                        .chat()
                        .messages()
                        .getLast()
                        .text())
                .startsWith("[from the gateway]")
                .contains("gave the same answer 3 times");
        assertThat(warnings(hinted)).singleElement().asString().contains("a message was added to the request");
        answered("coder", "release", "and another");
        assertThat(app.transport.last().request().payload().chat().messages()).hasSize(1);
    }

    @Test
    void near_duplicates_count_as_the_same_if_wanted() {
        LoopRules rules = new LoopRules(3, 0, 0, 0, 20, LoopAction.WARN);
        holding(AgentRules.NONE, new LoopSettings(rules, true));
        answered("coder", "release", "Attempt 1: it failed!");
        answered("coder", "release", "attempt 2, it  failed");
        assertThat(warnings(answered("coder", "release", "Attempt 3 - IT FAILED.")))
                .hasSize(1);

        holding(AgentRules.NONE, new LoopSettings(rules, false));
        answered("coder", "release", "Attempt 1: it failed!");
        answered("coder", "release", "attempt 2, it  failed");
        assertThat(warnings(answered("coder", "release", "Attempt 3 - IT FAILED.")))
                .isEmpty();
    }

    private static List<String> warnings(RecordingSink sink) {
        return sink.selection().warnings();
    }
}
