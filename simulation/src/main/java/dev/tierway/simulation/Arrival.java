package dev.tierway.simulation;

import java.util.List;

/**
 * One call of a trace.
 *
 * @param atNanos since the trace's first call
 * @param inputTokens of the prompt
 * @param outputTokens of the answer
 * @param blocks ids of the prompt's 512-token prefix blocks, first block first; empty if unknown
 */
public record Arrival(long atNanos, int inputTokens, int outputTokens, List<Long> blocks) {
    public Arrival {
        blocks = List.copyOf(blocks);
        if (atNanos < 0 || inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("an arrival's time and tokens must not be negative");
        }
    }
}
