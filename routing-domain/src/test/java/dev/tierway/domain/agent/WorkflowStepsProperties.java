package dev.tierway.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WorkflowStepsProperties {
    @Property(tries = 300)
    void whatever_came_before_three_equal_answers_are_found(
            @ForAll @Size(max = 30) List<@IntRange(max = 3) Integer> before, @ForAll @IntRange(max = 3) int repeated) {
        Workflow workflow = new Workflow(LoopRules.DEFAULT);
        before.forEach(answer -> workflow.says("agent " + answer % 2, "answer " + answer));
        workflow.says("agent 0", "answer " + repeated);
        workflow.says("agent 0", "answer " + repeated);
        assertThat(workflow.says("agent 0", "answer " + repeated))
                .extracting(Loop::kind)
                .contains(LoopKind.SAME_OUTPUT);
    }

    @Property(tries = 300)
    void one_agent_whose_answers_and_states_are_all_new_is_never_in_a_loop(
            @ForAll @IntRange(min = 1, max = 60) int steps) {
        Workflow workflow = new Workflow(LoopRules.DEFAULT);
        for (int i = 0; i < steps; i++) {
            assertThat(workflow.says("agent " + i % 2, "answer " + i, "state " + i))
                    .isEmpty();
            assertThat(workflow.remembered()).isLessThanOrEqualTo(LoopRules.DEFAULT.window());
        }
    }

    @Property(tries = 300)
    void the_same_steps_show_the_same(@ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> steps) {
        Workflow one = new Workflow(LoopRules.DEFAULT);
        Workflow two = new Workflow(LoopRules.DEFAULT);
        for (int step : steps) {
            assertThat(one.calls("agent " + step % 2, "call " + step))
                    .isEqualTo(two.calls("agent " + step % 2, "call " + step));
        }
    }
}
