package dev.tierway.domain.fleet;

/** Whether an attempt may enter. */
public sealed interface PermitResult {
    record Granted(Permit permit) implements PermitResult {}

    /** The fleet changed since the snapshot: select again. */
    record Refused() implements PermitResult {}
}
