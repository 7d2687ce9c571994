package dev.tierway.architecture.guilty.application.port;

import io.vertx.core.buffer.Buffer;

public interface CarriesAServerType {
    void send(Buffer buffer);
}
