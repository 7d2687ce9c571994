package dev.tierway.adapter.http.wire;

/**
 * What a caller is told beside the answer.
 *
 * @param selection whether the whole selection, which it asked for
 * @param fleet whether what all callers share: the replica that answered, and what it cost
 */
public record Told(boolean selection, boolean fleet) {}
