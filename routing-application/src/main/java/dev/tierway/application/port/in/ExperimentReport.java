package dev.tierway.application.port.in;

import java.util.List;

/**
 * The read-out of one experiment since this process started.
 *
 * @param rule its id
 * @param enabled whether calls are assigned now
 * @param stickyBy what keeps an arm: user | session | key | agent | request
 */
public record ExperimentReport(String rule, boolean enabled, String stickyBy, List<ArmReport> arms) {
    public ExperimentReport {
        arms = List.copyOf(arms);
    }
}
