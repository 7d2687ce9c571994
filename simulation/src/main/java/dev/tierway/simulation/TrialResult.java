package dev.tierway.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run.
 *
 * @param calls that clients began
 * @param delivered calls whose answer arrived whole
 * @param ttftMillis time to first token of each delivered call, from the client's start
 * @param totalMillis the whole time of each delivered call, in the same order
 * @param usd what the vendors charge for all attempts, lost ones included
 * @param attempts requests sent to vendors
 * @param rateLimited attempts answered 429
 * @param wastedTokens charged tokens of attempts whose answer didn't reach its client whole
 * @param inputTokens of attempts the vendors processed
 * @param cachedTokens the part of {@code inputTokens} read from prompt caches
 * @param detectSeconds from the fault's onset until less than 5 % of the traffic goes to the faulted; null: doesn't apply
 * @param recoverSeconds from the fault's end until the faulted have half their healthy share again; null: doesn't apply
 * @param deadShare share of attempts sent to dead replicas, from 10 s after the first that failed; null: doesn't apply
 * @param costUsd the objective, see {@link Objective}
 * @param traceHash of every attempt and every call's end; equal for equal trials
 * @param faultsHit how often each fault met a call in which state
 * @param violations of the invariants, in words; empty if there were none
 */
public record TrialResult(
        Trial trial,
        long calls,
        long delivered,
        double[] ttftMillis,
        double[] totalMillis,
        double usd,
        long attempts,
        long rateLimited,
        long wastedTokens,
        long inputTokens,
        long cachedTokens,
        @Nullable Double detectSeconds,
        @Nullable Double recoverSeconds,
        @Nullable Double deadShare,
        double costUsd,
        long traceHash,
        Map<String, Long> faultsHit,
        List<String> violations) {
    public TrialResult {
        faultsHit = Collections.unmodifiableMap(new LinkedHashMap<>(faultsHit));
        violations = List.copyOf(violations);
    }
}
