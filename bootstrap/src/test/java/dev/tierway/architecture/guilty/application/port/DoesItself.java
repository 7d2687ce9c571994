package dev.tierway.architecture.guilty.application.port;

public final class DoesItself {
    public int work() {
        return 1;
    }
}
