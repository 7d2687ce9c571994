package dev.tierway.domain.quota;

/**
 * A budget of which less was counted than was spent.
 *
 * @param by how much more is counted now, in nano-dollars; more than 0
 */
public record Raised(Descriptor descriptor, long by) {}
