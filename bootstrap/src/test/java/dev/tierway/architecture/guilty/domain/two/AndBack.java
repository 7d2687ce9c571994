package dev.tierway.architecture.guilty.domain.two;

import dev.tierway.architecture.guilty.domain.one.GoesRound;

public final class AndBack {
    public GoesRound other() {
        return new GoesRound();
    }
}
