package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.ServerCounts;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.Stage;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that leaves frees the upstream connection, whatever the phase. */
class ClientLeavesIT {
    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void of_a_unary_call() throws Exception {
        leavesWhile(stalled(Stage.BEFORE_HEADERS), false, null);
    }

    @Test
    void of_a_stream_before_its_headers() throws Exception {
        leavesWhile(stalled(Stage.BEFORE_HEADERS), true, null);
    }

    @Test
    void of_a_stream_before_its_first_token() throws Exception {
        leavesWhile(stalled(Stage.BEFORE_FIRST_TOKEN), true, null);
    }

    @Test
    void in_the_middle_of_a_stream() throws Exception {
        SimulatedScript slow = SimulatedScript.HEALTHY
                .latency(Duration.ofMillis(1), Duration.ofMillis(200))
                .outputTokens(10_000);
        leavesWhile(slow, true, "\"content\":\"");
    }

    private static SimulatedScript stalled(Stage stage) {
        return SimulatedScript.HEALTHY.fault(
                ScriptedFault.of(SimulatedFault.STALL).at(stage));
    }

    /** @param seen what the client waits for before it leaves; null: only for the upstream's request */
    private void leavesWhile(SimulatedScript script, boolean stream, String seen) throws Exception {
        fleet.a.scripts().standard(script);
        try (Socket client = new Socket("127.0.0.1", fleet.gateway.apiPort())) {
            byte[] body = ("{\"model\":\"m\",\"stream\":" + stream
                            + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            client.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                                    + "content-length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
            fleet.a.awaitRequests(1).get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (seen != null) {
                readUntil(client.getInputStream(), seen);
            }
        }
        ServerCounts counts = fleet.a.awaitAborted(1).get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(counts.aborted()).isEqualTo(1);
        assertThat(fleet.b.counts().requests()).as("nothing is tried elsewhere").isZero();
    }

    private static void readUntil(InputStream in, String seen) throws Exception {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(seen) < 0) {
            int next = in.read();
            assertThat(next).as("the stream ended early: " + read).isNotNegative();
            read.append((char) next);
        }
    }
}
