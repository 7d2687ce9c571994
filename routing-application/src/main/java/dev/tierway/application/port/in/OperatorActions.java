package dev.tierway.application.port.in;

import java.util.List;

/**
 * What operators did.
 *
 * @param inForce what holds now, the most specific first
 * @param recent from the audit trail, newest first: also what has ended, was taken back, or was done once
 */
public record OperatorActions(List<OperatorActionStatus> inForce, List<OperatorActionStatus> recent) {}
