package dev.tierway.architecture.guilty.adapter.http;

import dev.tierway.architecture.guilty.bootstrap.Wiring;

final class KnowsBootstrap {
    Wiring wiring() {
        return new Wiring();
    }
}
