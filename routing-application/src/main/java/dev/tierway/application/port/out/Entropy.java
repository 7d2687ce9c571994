package dev.tierway.application.port.out;

/** The source of calls' seeds and ids. */
public interface Entropy {
    long nextLong();
}
