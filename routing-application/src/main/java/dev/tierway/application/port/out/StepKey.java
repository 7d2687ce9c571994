package dev.tierway.application.port.out;

import org.jspecify.annotations.Nullable;

/**
 * One step of a workflow. Names live inside their API key's space.
 *
 * @param key the API key's id; null: calls without one
 */
public record StepKey(@Nullable String key, String workflow, String step) {
    @Override
    public String toString() {
        return "step '" + step + "' of workflow '" + workflow + "'";
    }
}
