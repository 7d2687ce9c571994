package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.Tierway;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fleet.ProbeResult;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A local server that dies and comes back, noticed without a call. */
class HealthProbesIT {
    private static final String CONFIG = """
        providers:
          - { id: box, kind: openai-compatible, base-url: "%s", local: true }
          - { id: cloud, kind: simulated, simulated: { ttft: 1ms, per-token: 0ms } }
        models:
          - id: m
            tier: micro
            use-cases: [chat]
            replicas: [ { provider: box }, { provider: cloud, price: { input: 1, output: 1 } } ]
        routing: { probes: { interval: 50ms, timeout: 5s } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<ProbeReport> reports = new LinkedBlockingQueue<>();
    private SimulatedServer server;
    private Tierway tierway;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "box", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        server.scripts().of("m", SimulatedScript.HEALTHY);
        tierway = Tierway.builder()
                .config(CONFIG.formatted(server.baseUrl()))
                .listener(new RoutingListener() {
                    @Override
                    public void probed(ProbeReport report) {
                        reports.add(report);
                    }
                })
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        tierway.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private ProbeReport next() throws InterruptedException {
        ProbeReport report = reports.poll(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(report).as("a probe").isNotNull();
        return report;
    }

    private void awaitNews(boolean unhealthy) throws InterruptedException {
        ProbeReport report = next();
        while (!report.changed()) {
            report = next();
        }
        assertThat(report.unhealthy()).isEqualTo(unhealthy);
    }

    private ReplicaStatus box() {
        return tierway.fleet().replicas().getFirst();
    }

    private JsonNode explained() {
        var selection = tierway.explain(Target.parse("tier:micro"), ChatRequest.of("hi"), CallOptions.NONE);
        return new ObjectMapper()
                .valueToTree(DecisionExplainer.document(selection).json())
                .path("rounds")
                .path(0);
    }

    @Test
    void calls_are_kept_from_a_dead_server_until_it_answers_again() throws Exception {
        assertThat(next().result()).isEqualTo(ProbeResult.ALIVE);
        assertThat(box().status()).isEqualTo(Status.HEALTHY);
        assertThat(explained().path("chose").asText()).isEqualTo("box/m");

        server.refuseConnections().get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        awaitNews(true);
        assertThat(box().status()).isEqualTo(Status.UNHEALTHY);
        JsonNode round = explained();
        assertThat(round.path("chose").asText()).isEqualTo("cloud/m");
        assertThat(round.findPath("reasons").path(0).path("code").asText()).isEqualTo("unhealthy");
        assertThat(tierway.callLogicalModel("m", ChatRequest.of("hi"))
                        .selection()
                        .attempts())
                .as("nobody has to find out")
                .isEqualTo(1);
        assertThat(box().calls()).isZero();

        server.acceptConnections().get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        awaitNews(false);
        assertThat(explained().path("chose").asText()).isEqualTo("box/m");
        assertThat(box().success()).as("probes are no calls").isNull();
        assertThat(box().ttftMillis()).isNull();
    }
}
