package dev.tierway.bootstrap.runtime;

import java.util.function.Supplier;

/**
 * How something a provider needs is made.
 *
 * @param of what it is made of: what was made of something equal is used again, with its connections
 * @param made anew
 */
public record Recipe<T>(Object of, Supplier<T> made) {}
