package dev.tierway.architecture.guilty.application;

import dev.tierway.architecture.guilty.adapter.http.HttpAdapter;

final class PointsOutwards {
    HttpAdapter adapter() {
        return new HttpAdapter();
    }
}
