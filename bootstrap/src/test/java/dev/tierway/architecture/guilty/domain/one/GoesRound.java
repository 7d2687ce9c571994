package dev.tierway.architecture.guilty.domain.one;

import dev.tierway.architecture.guilty.domain.two.AndBack;

public final class GoesRound {
    public AndBack other() {
        return new AndBack();
    }
}
