package dev.tierway.architecture.guilty.application.two;

import dev.tierway.architecture.guilty.application.one.Chicken;

public final class Egg {
    public Chicken becomes() {
        return new Chicken();
    }
}
