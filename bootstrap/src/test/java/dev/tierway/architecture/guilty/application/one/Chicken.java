package dev.tierway.architecture.guilty.application.one;

import dev.tierway.architecture.guilty.application.two.Egg;

public final class Chicken {
    public Egg lays() {
        return new Egg();
    }
}
