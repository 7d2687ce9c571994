package dev.tierway.adapter.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.FakeKeys;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.event.EventType;
import dev.tierway.application.event.GatewayEvent;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /admin/events} over real sockets. */
class EventStreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final EventBus bus = new EventBus((name, thrown) -> {});
    private final List<Socket> sockets = new ArrayList<>();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        AdminPorts ports = new AdminPorts(
                null,
                FakeLimits.NONE,
                new FakeAgents(),
                List::of,
                new FakeHistory(),
                new FakeOperateFleet(),
                bus,
                new FakeReconfigure(),
                Map::of,
                () -> "",
                "1",
                System::nanoTime,
                () -> 7,
                () -> 7,
                new FakeKeys(),
                new FakeKeys());
        server = new AdminServer(vertx, new AdminSettings("127.0.0.1", 0, null, HttpLimits.DEFAULTS), ports);
        server.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Socket open(String query) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET /admin/events" + query + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String lineWith(BufferedReader lines, String text) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(text)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    private void publish(EventType type, int n) {
        bus.publish(new GatewayEvent("evt_" + n, type, 0, Map.of("n", n, "padding", "x".repeat(2000))));
    }

    @Test
    void events_come_as_server_sent_events_the_wanted_ones_only() throws Exception {
        BufferedReader lines = reader(open("?types=circuit.opened,budget.warning"));
        assertThat(lineWith(lines, "content-type")).contains("text/event-stream");
        lineWith(lines, ": keep-alive");
        publish(EventType.REQUEST_COMPLETED, 1);
        publish(EventType.CIRCUIT_OPENED, 2);

        assertThat(lineWith(lines, "event: ")).isEqualTo("event: circuit.opened");
        assertThat(lines.readLine())
                .startsWith(
                        "data: {\"id\":\"evt_2\",\"type\":\"circuit.opened\",\"timestamp\":\"1970-01-01T00:00:00Z\"");
    }

    @Test
    void an_unknown_event_is_told_with_those_that_exist() throws Exception {
        BufferedReader lines = reader(open("?types=circuit.open"));
        assertThat(lines.readLine()).contains("400");
        assertThat(lineWith(lines, "Known are")).contains("circuit.opened");
    }

    @Test
    void a_client_that_reads_nothing_holds_up_nobody_and_learns_that_it_missed_some() throws Exception {
        Socket slow = open("");
        BufferedReader fast = reader(open(""));
        lineWith(fast, ": keep-alive");
        for (int n = 0; n < 5_000; n++) {
            publish(EventType.REQUEST_COMPLETED, n);
        }
        assertThat(lineWith(fast, "event: ")).isEqualTo("event: request.completed");

        assertThat(lineWith(reader(slow), "events missed")).contains("reads too slowly");
    }

    @Test
    void clients_are_bounded_and_one_that_leaves_makes_room() throws Exception {
        for (int i = 0; i < 16; i++) {
            lineWith(reader(open("")), ": keep-alive");
        }
        assertThat(reader(open("")).readLine()).contains("503");
        sockets.getFirst().close();

        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        String status = reader(open("")).readLine();
        while (status.contains("503") && System.nanoTime() < until) {
            status = reader(open("")).readLine();
        }
        assertThat(status).contains("200");
    }
}
