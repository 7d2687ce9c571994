package dev.tierway.architecture.guilty.domain;

final class ReadsTheClock {
    long now() {
        return System.nanoTime();
    }
}
