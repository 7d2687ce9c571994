package dev.tierway.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowStepsTest {
    private static final LoopRules OUTPUT = new LoopRules(3, 0, 0, 0, 20, LoopAction.STOP);
    private static final LoopRules STATE = new LoopRules(0, 5, 0, 0, 20, LoopAction.STOP);
    private static final LoopRules PING_PONG = new LoopRules(0, 0, 4, 0, 20, LoopAction.STOP);
    private static final LoopRules TOOL = new LoopRules(0, 0, 0, 3, 20, LoopAction.STOP);

    @Test
    void an_agent_that_says_the_same_three_times_is_in_a_loop() {
        Workflow workflow = new Workflow(OUTPUT);
        assertThat(workflow.says("writer", "I will look into it.")).isEmpty();
        assertThat(workflow.says("writer", "I will look into it.")).isEmpty();
        assertThat(workflow.says("writer", "I will look into it."))
                .containsExactly(new Loop(LoopKind.SAME_OUTPUT, 3, List.of("writer"), ""));
    }

    @Test
    void others_in_between_dont_hide_an_agent_that_repeats_itself() {
        Workflow workflow = new Workflow(OUTPUT);
        workflow.says("writer", "again");
        workflow.says("critic", "no");
        workflow.says("writer", "again");
        workflow.says("critic", "not yet");
        assertThat(workflow.says("writer", "again")).hasSize(1);
    }

    @Test
    void answers_that_differ_or_come_back_later_are_no_loop() {
        Workflow workflow = new Workflow(OUTPUT);
        for (String answer : List.of("yes", "yes", "no", "yes", "yes", "yes, but", "yes", "yes")) {
            assertThat(workflow.says("judge", answer)).as(answer).isEmpty();
        }
        assertThat(workflow.says("writer", "yes")).isEmpty();
        assertThat(workflow.says("critic", "yes")).isEmpty();
    }

    @Test
    void a_state_that_stays_for_five_calls_is_a_loop() {
        Workflow workflow = new Workflow(STATE);
        for (int i = 1; i < 5; i++) {
            assertThat(workflow.says("a" + i % 2, "step " + i, "draft 1")).isEmpty();
        }
        assertThat(workflow.says("a1", "step 5", "draft 1"))
                .containsExactly(new Loop(LoopKind.SAME_STATE, 5, List.of("a1"), ""));
    }

    @Test
    void a_state_that_moves_or_isnt_told_is_no_loop() {
        Workflow moves = new Workflow(STATE);
        Workflow silent = new Workflow(STATE);
        for (int i = 0; i < 40; i++) {
            assertThat(moves.says("a", "x", "draft " + i / 4)).isEmpty();
            assertThat(silent.says("a", "x")).isEmpty();
        }
    }

    @Test
    void a_state_that_is_told_now_and_then_counts_when_it_is_told() {
        Workflow workflow = new Workflow(STATE);
        for (int i = 1; i < 5; i++) {
            workflow.says("a", "told", "same");
            workflow.says("a", "not told");
        }
        assertThat(workflow.says("a", "told", "same")).hasSize(1);
    }

    @Test
    void two_agents_that_hand_over_to_each_other_are_stopped_within_four_cycles() {
        Workflow workflow = new Workflow(PING_PONG);
        for (int cycle = 1; cycle < 4; cycle++) {
            assertThat(workflow.says("planner", "please do part " + cycle)).isEmpty();
            assertThat(workflow.says("coder", "you first, " + cycle)).isEmpty();
        }
        assertThat(workflow.says("planner", "please")).isEmpty();
        assertThat(workflow.says("coder", "you first"))
                .containsExactly(new Loop(LoopKind.PING_PONG, 4, List.of("planner", "coder"), ""));
    }

    @Test
    void two_agents_whose_state_goes_on_make_progress() {
        Workflow workflow = new Workflow(PING_PONG);
        for (int round = 0; round < 30; round++) {
            assertThat(workflow.says("writer", "text", "version " + round)).isEmpty();
            assertThat(workflow.says("critic", "better!", "version " + round)).isEmpty();
        }
    }

    @Test
    void a_state_that_comes_back_is_no_progress() {
        Workflow workflow = new Workflow(PING_PONG);
        for (int cycle = 0; cycle < 4; cycle++) {
            workflow.says("writer", "add it", "with");
            assertThat(workflow.says("critic", "drop it", "without")).isEmpty();
        }
        assertThat(workflow.says("writer", "add it", "with")).isEmpty();
        assertThat(workflow.says("critic", "drop it", "without")).hasSize(1);
    }

    @Test
    void three_agents_in_turn_and_one_agent_alone_are_no_ping_pong() {
        Workflow three = new Workflow(PING_PONG);
        Workflow one = new Workflow(PING_PONG);
        for (int i = 0; i < 40; i++) {
            assertThat(three.says("agent " + i % 3, "x")).isEmpty();
            assertThat(one.says("agent", "x")).isEmpty();
        }
    }

    @Test
    void a_tool_asked_for_the_same_thing_three_times_is_a_loop_even_with_others_in_between() {
        Workflow workflow = new Workflow(TOOL);
        assertThat(workflow.calls("coder", "read a")).isEmpty();
        assertThat(workflow.result("read a", "text").calls("coder", "read b")).isEmpty();
        assertThat(workflow.result("read b", "other").calls("coder", "read a")).isEmpty();
        assertThat(workflow.result("read a", "text").calls("coder", "list", "read a"))
                .containsExactly(new Loop(LoopKind.SAME_TOOL_CALL, 3, List.of("coder"), "tool"));
    }

    @Test
    void a_tool_that_is_polled_until_it_answers_something_new_is_no_loop() {
        Workflow workflow = new Workflow(TOOL);
        workflow.calls("waiter", "status");
        for (int percent = 0; percent < 100; percent += 10) {
            assertThat(workflow.result("status", percent + " %").calls("waiter", "status"))
                    .isEmpty();
        }
        assertThat(workflow.result("status", "90 %").calls("waiter", "status")).hasSize(1);
    }

    @Test
    void the_same_call_of_different_agents_is_no_loop() {
        Workflow workflow = new Workflow(TOOL);
        for (int i = 0; i < 10; i++) {
            assertThat(workflow.calls("agent " + i, "read a")).isEmpty();
        }
    }

    @Test
    void steps_beyond_the_window_are_forgotten() {
        Workflow workflow = new Workflow(new LoopRules(0, 0, 0, 3, 4, LoopAction.WARN));
        workflow.calls("coder", "read a");
        workflow.calls("coder", "read a");
        workflow.calls("coder", "b");
        workflow.calls("coder", "c");
        workflow.calls("coder", "d");
        assertThat(workflow.calls("coder", "read a")).isEmpty();
        assertThat(workflow.remembered()).isEqualTo(4);
    }

    @Test
    void a_window_too_short_for_a_loop_is_refused() {
        assertThatThrownBy(() -> new LoopRules(3, 5, 4, 3, 7, LoopAction.WARN))
                .hasMessage("a window of 7 steps can't show a loop of 8: raise window");
        assertThatThrownBy(() -> new LoopRules(1, 5, 4, 3, 20, LoopAction.WARN)).hasMessageContaining("same-output");
    }

    @Test
    void a_loop_says_what_it_is() {
        assertThat(new Loop(LoopKind.SAME_TOOL_CALL, 3, List.of("coder"), "read").message())
                .isEqualTo(
                        "agent 'coder' asked for tool 'read' 3 times with the same arguments and learned nothing new");
        assertThat(new Loop(LoopKind.SAME_OUTPUT, 3, List.of(""), "").message())
                .isEqualTo("the agent gave the same answer 3 times in a row");
    }
}
