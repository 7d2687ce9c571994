package dev.tierway.application.port.in;

/**
 * What became of the calls of one arm. A call counts once, when it has ended.
 *
 * @param to where the arm sends calls
 * @param weight its share beside the others'
 * @param calls all that got this arm
 * @param delivered answered by one of the arm's replicas, none of its attempts elsewhere
 * @param failed not answered, none of its attempts elsewhere
 * @param spilled an attempt went to a replica that isn't the arm's: in no figure below
 * @param leftOut cancelled, stopped, over a limit, or wrong in itself: says nothing about the arm; in no figure below
 * @param success {@code delivered} of {@code delivered} and {@code failed}
 * @param meanCostUsd of delivered calls, all attempts together, where prices are known
 * @param unpriced delivered calls whose cost is unknown
 * @param meanTotalMs of delivered calls, from the call's start to its end
 * @param medianTotalMs the same
 * @param meanTtftMs of delivered streams, from the call's start to the first token
 * @param medianTtftMs the same
 */
public record ArmReport(
        String arm,
        String to,
        int weight,
        long calls,
        long delivered,
        long failed,
        long spilled,
        long leftOut,
        Estimate success,
        Estimate meanCostUsd,
        long unpriced,
        Estimate meanTotalMs,
        Estimate medianTotalMs,
        Estimate meanTtftMs,
        Estimate medianTtftMs) {}
