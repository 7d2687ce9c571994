package dev.tierway.application.port.in;

import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.SharedState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a workflow goes on.
 *
 * @param completed its steps in the order of their completion; those of tools too
 * @param state what its agents share; null: nothing yet
 */
public record ResumePoint(
        String workflow,
        List<Checkpoint> completed,
        @Nullable SharedState state) {
    public ResumePoint {
        completed = List.copyOf(completed);
    }

    /** The step that was completed last; null: none was. */
    public @Nullable String lastStep() {
        return completed.isEmpty() ? null : completed.getLast().step().step();
    }

    /** Whether a step needn't be done again. */
    public boolean done(String step) {
        return completed.stream().anyMatch(one -> one.step().step().equals(step));
    }

    /** The first of a program's steps that isn't completed; null: all are. */
    public @Nullable String next(List<String> plan) {
        return plan.stream().filter(step -> !done(step)).findFirst().orElse(null);
    }
}
