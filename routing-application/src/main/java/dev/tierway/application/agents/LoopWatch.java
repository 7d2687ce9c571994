package dev.tierway.application.agents;

import dev.tierway.domain.agent.AgentStep;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopRules;
import dev.tierway.domain.agent.WorkflowSteps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest steps of the workflows that called this instance lately, and the loops found in them. Safe for many threads. */
final class LoopWatch {
    /** Of all workflows together: some forty megabytes at most. */
    static final int MOST_STEPS = 100_000;

    /**
     * Whose steps belong together.
     *
     * @param key the API key's id, in whose space the name lives
     * @param workflow null: the agent works alone
     * @param agent of one that works alone
     * @param epoch another one after each reset
     */
    record Track(
            @Nullable String key,
            @Nullable String workflow,
            @Nullable String agent,
            long epoch) {}

    /** @param loops those that the newest step closed; empty once a hint about them was given */
    private record Seen(WorkflowSteps steps, List<Loop> loops) {}

    private final Map<Track, Seen> tracks = new LinkedHashMap<>(16, 0.75f, true);
    private int steps;

    /** The loops that the step closes, each kind at most once. */
    synchronized List<Loop> after(Track track, AgentStep step, LoopRules rules) {
        Seen before = tracks.getOrDefault(track, new Seen(WorkflowSteps.NONE, List.of()));
        WorkflowSteps now = before.steps.and(step, rules);
        List<Loop> loops = now.loops(rules);
        tracks.put(track, new Seen(now, loops));
        steps += now.steps().size() - before.steps.steps().size();
        var eldest = tracks.values().iterator();
        while (steps > MOST_STEPS) {
            steps -= eldest.next().steps.steps().size();
            eldest.remove();
        }
        return loops;
    }

    /** The loops the track's last step closed. */
    synchronized List<Loop> loops(Track track) {
        Seen seen = tracks.get(track);
        return seen == null ? List.of() : seen.loops;
    }

    /** The same, and they are no news any more. */
    synchronized List<Loop> take(Track track) {
        Seen seen = tracks.get(track);
        if (seen == null) {
            return List.of();
        }
        tracks.put(track, new Seen(seen.steps, List.of()));
        return seen.loops;
    }

    /** Workflows and agents in whose last step a loop was found, the latest first. */
    synchronized Map<Track, List<Loop>> looping(int most) {
        List<Track> latestFirst = new ArrayList<>(tracks.keySet()).reversed();
        Map<Track, List<Loop>> looping = new LinkedHashMap<>();
        for (Track track : latestFirst) {
            // Not get(): looking must not make it look used.
            Seen seen = tracks.getOrDefault(track, new Seen(WorkflowSteps.NONE, List.of()));
            if (!seen.loops.isEmpty() && looping.size() < most) {
                looping.put(track, seen.loops);
            }
        }
        return looping;
    }
}
