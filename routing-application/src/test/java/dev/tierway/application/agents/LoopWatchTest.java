package dev.tierway.application.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.agents.LoopWatch.Track;
import dev.tierway.domain.agent.AgentStep;
import dev.tierway.domain.agent.Fingerprint;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.LoopRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of workflows. */
class LoopWatchTest {
    private static final LoopRules RULES = new LoopRules(2, 0, 0, 0, 20, LoopAction.STOP);
    private static final AgentStep STEP = new AgentStep("a", Fingerprint.of("same"), null, List.of(), List.of());

    private final LoopWatch watch = new LoopWatch();

    private static Track track(int n) {
        return new Track(null, "w" + n, null, 0);
    }

    @Test
    void workflows_of_different_keys_and_epochs_have_nothing_to_do_with_each_other() {
        assertThat(watch.after(new Track("one", "w", null, 0), STEP, RULES)).isEmpty();
        assertThat(watch.after(new Track("other", "w", null, 0), STEP, RULES)).isEmpty();
        assertThat(watch.after(new Track("one", "w", null, 1), STEP, RULES)).isEmpty();
        assertThat(watch.after(new Track("one", "w", null, 0), STEP, RULES)).hasSize(1);
    }

    @Test
    void a_hint_is_taken_once_and_a_stop_stays() {
        watch.after(track(1), STEP, RULES);
        watch.after(track(1), STEP, RULES);

        assertThat(watch.loops(track(1))).hasSize(1);
        assertThat(watch.looping(10)).containsOnlyKeys(track(1));
        assertThat(watch.take(track(1))).hasSize(1);
        assertThat(watch.take(track(1))).isEmpty();
        assertThat(watch.looping(10)).isEmpty();
    }

    @Test
    void of_too_many_workflows_those_heard_longest_ago_are_forgotten() {
        watch.after(track(0), STEP, RULES);
        for (int n = 1; n < LoopWatch.MOST_STEPS; n++) {
            watch.after(track(n), STEP, RULES);
        }
        assertThat(watch.after(track(0), STEP, RULES)).as("still known").hasSize(1);
        assertThat(watch.after(track(1), STEP, RULES)).as("made room").isEmpty();
        assertThat(watch.after(track(0), STEP, RULES)).hasSize(1);
    }
}
