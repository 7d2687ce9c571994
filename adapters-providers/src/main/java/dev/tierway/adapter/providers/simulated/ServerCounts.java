package dev.tierway.adapter.providers.simulated;

import java.util.Map;

/**
 * What a simulated server has seen since its start.
 *
 * @param connections it accepted
 * @param requests whose headers arrived
 * @param completed answered to the end, refusals included
 * @param aborted left by the client before their answer was complete
 * @param dropped whose connection the server itself closed in the middle
 * @param inputTokens of the requests it began to answer
 * @param outputTokens it sent
 * @param faults how often each fault was done, at each stage
 */
public record ServerCounts(
        long connections,
        long requests,
        long completed,
        long aborted,
        long dropped,
        long inputTokens,
        long outputTokens,
        Map<SimulatedFault, Map<Stage, Long>> faults) {}
