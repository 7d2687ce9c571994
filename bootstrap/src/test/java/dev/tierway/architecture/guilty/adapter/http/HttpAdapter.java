package dev.tierway.architecture.guilty.adapter.http;

import dev.tierway.architecture.guilty.adapter.persistence.StoreAdapter;

public final class HttpAdapter {
    StoreAdapter store() {
        return new StoreAdapter();
    }
}
