package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that connect and then say nothing. {@code -Dtierway.idle-connections=N} holds more of them; each takes two
 * descriptors, one at either end.
 */
class IdleConnectionsTest {
    private static final int HELD = Integer.getInteger("tierway.idle-connections", 400);

    private final TestGateway gateway = new TestGateway();
    private final List<RawClient> idle = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (RawClient client : idle) {
            client.close();
        }
        gateway.close();
    }

    @Test
    void idle_connections_are_held_and_keep_nobody_from_being_served() throws Exception {
        for (int i = 0; i < HELD; i++) {
            idle.add(gateway.raw());
        }
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        for (RawClient client : idle) {
            client.write("GET /livez HTTP/1.1\r\nhost: g\r\n\r\n");
        }
        for (RawClient client : idle) {
            assertThat(client.readUntil("live\"}")).startsWith("HTTP/1.1 200 ");
        }
        // Idle once more, between two requests.
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
    }
}
