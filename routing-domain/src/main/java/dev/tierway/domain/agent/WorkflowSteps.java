package dev.tierway.domain.agent;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The latest steps of one workflow, the newest last, and what they show. */
public record WorkflowSteps(List<AgentStep> steps) {
    public static final WorkflowSteps NONE = new WorkflowSteps(List.of());

    public WorkflowSteps {
        steps = List.copyOf(steps);
    }

    /** With one more; what is older than the window is forgotten. */
    public WorkflowSteps and(AgentStep step, LoopRules rules) {
        List<AgentStep> all = new ArrayList<>(steps);
        all.add(step);
        return new WorkflowSteps(all.subList(StrictMath.max(0, all.size() - rules.window()), all.size()));
    }

    /** The loops the newest step closes, each kind at most once, in the order of {@link LoopKind}. */
    public List<Loop> loops(LoopRules rules) {
        List<Loop> loops = new ArrayList<>();
        if (!steps.isEmpty()) {
            sameOutput(rules.sameOutput(), loops);
            sameState(rules.sameState(), loops);
            pingPong(rules.pingPong(), loops);
            sameToolCall(rules.sameToolCall(), loops);
        }
        return loops;
    }

    private void sameOutput(int limit, List<Loop> loops) {
        AgentStep newest = steps.getLast();
        if (limit == 0 || newest.output() == null) {
            return;
        }
        int times = 0;
        for (AgentStep step : steps.reversed()) {
            if (step.agent().equals(newest.agent()) && step.output() != null) {
                if (!newest.output().equals(step.output())) {
                    break;
                }
                times++;
            }
        }
        if (times >= limit) {
            loops.add(new Loop(LoopKind.SAME_OUTPUT, times, List.of(newest.agent()), ""));
        }
    }

    private void sameState(int limit, List<Loop> loops) {
        Fingerprint now = steps.getLast().state();
        if (limit == 0 || now == null) {
            return;
        }
        int times = 0;
        for (AgentStep step : steps.reversed()) {
            if (step.state() != null) {
                if (!now.equals(step.state())) {
                    break;
                }
                times++;
            }
        }
        if (times >= limit) {
            loops.add(
                    new Loop(LoopKind.SAME_STATE, times, List.of(steps.getLast().agent()), ""));
        }
    }

    /** A state that was not there before is progress, and so ends what came before it. */
    private void pingPong(int limit, List<Loop> loops) {
        if (limit == 0 || steps.size() < 2 * limit) {
            return;
        }
        AgentStep newest = steps.getLast();
        AgentStep other = steps.get(steps.size() - 2);
        if (newest.agent().equals(other.agent())) {
            return;
        }
        int turns = 0;
        int since = sinceNews();
        for (int i = steps.size() - 1; i >= since; i--) {
            String expected = (steps.size() - 1 - i) % 2 == 0 ? newest.agent() : other.agent();
            if (!steps.get(i).agent().equals(expected)) {
                break;
            }
            turns++;
        }
        if (turns / 2 >= limit) {
            loops.add(new Loop(LoopKind.PING_PONG, turns / 2, List.of(other.agent(), newest.agent()), ""));
        }
    }

    /** The first step after the last one that told a state never seen before; the first known state is no news. */
    private int sinceNews() {
        Set<Fingerprint> seen = new LinkedHashSet<>();
        int since = 0;
        for (int i = 0; i < steps.size(); i++) {
            Fingerprint state = steps.get(i).state();
            if (state != null && seen.add(state) && seen.size() > 1) {
                since = i + 1;
            }
        }
        return since;
    }

    private void sameToolCall(int limit, List<Loop> loops) {
        AgentStep newest = steps.getLast();
        if (limit == 0) {
            return;
        }
        for (ToolUse made : newest.made()) {
            int times = timesWithoutNews(newest.agent(), made.call());
            if (times >= limit) {
                loops.add(new Loop(LoopKind.SAME_TOOL_CALL, times, List.of(newest.agent()), made.tool()));
                return;
            }
        }
    }

    /** How often the agent made that call since its result was last another one. */
    private int timesWithoutNews(String agent, Fingerprint call) {
        int times = 0;
        Fingerprint latest = null;
        for (AgentStep step : steps.reversed()) {
            if (!step.agent().equals(agent)) {
                continue;
            }
            if (step.made().stream().anyMatch(made -> made.call().equals(call))) {
                times++;
            }
            Fingerprint result = resultOf(step, call);
            if (result != null && latest != null && !Objects.equals(result, latest)) {
                return times;
            }
            latest = result == null ? latest : result;
        }
        return times;
    }

    private static @Nullable Fingerprint resultOf(AgentStep step, Fingerprint call) {
        for (ToolUse use : step.answered()) {
            if (use.call().equals(call)) {
                return use.result();
            }
        }
        return null;
    }
}
