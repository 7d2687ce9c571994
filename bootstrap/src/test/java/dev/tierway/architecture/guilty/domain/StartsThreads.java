package dev.tierway.architecture.guilty.domain;

final class StartsThreads {
    void start(Runnable work) {
        new Thread(work).start();
    }
}
