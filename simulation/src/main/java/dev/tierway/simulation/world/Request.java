package dev.tierway.simulation.world;

import java.util.List;

/**
 * One call as replicas see it.
 *
 * @param call its place in the trace
 * @param blocks the prompt's 512-token prefix blocks; empty if unknown
 */
public record Request(int call, int inputTokens, int outputTokens, List<Long> blocks) {
    public long tokens() {
        return (long) inputTokens + outputTokens;
    }
}
