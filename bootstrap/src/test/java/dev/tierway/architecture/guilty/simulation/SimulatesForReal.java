package dev.tierway.architecture.guilty.simulation;

import dev.tierway.architecture.guilty.adapter.http.HttpAdapter;

final class SimulatesForReal {
    HttpAdapter adapter() {
        return new HttpAdapter();
    }
}
