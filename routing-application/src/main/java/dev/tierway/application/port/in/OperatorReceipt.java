package dev.tierway.application.port.in;

import java.util.List;

/**
 * What an operator's action did.
 *
 * @param replicas all it is about, as they are now; empty if it is about a rule or the strategy
 * @param warnings what the operator may not have expected, in sentences
 */
public record OperatorReceipt(OperatorActionStatus action, List<Operated> replicas, List<String> warnings) {
    /**
     * One replica after the action.
     *
     * @param phase active | standby | draining
     * @param circuit closed | ramping | open | half_open
     */
    public record Operated(String id, String phase, boolean markedUnhealthy, String circuit) {}
}
