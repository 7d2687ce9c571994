package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault K4: good and bad files while calls run. Every call must be answered whole. */
class ReloadUnderLoadIT {
    private static final int RELOADS = 20;
    private static final int AT_ONCE = 150;
    private static final int LEAST = 400;

    /** No provider, no rule and no route is in two of these that follow each other, so that nothing may be mixed. */
    private static final String CONFIG = """
        providers:
          - { id: %1$s, kind: simulated, simulated: { ttft: 30ms, per-token: 3ms } }
          - { id: %2$s, kind: simulated, simulated: { ttft: 30ms, per-token: 3ms } }
        models:
          - { id: %1$s-model, tier: mid, use-cases: [chat], replicas: [ { provider: %1$s }, { provider: %2$s } ] }
        routes: { default: %1$s-model }
        rules:
          - { id: %1$s-rule, when: { model: auto }, to: %1$s-model }
        budgets: { rules: [ { id: %1$s-budget, requests-per-day: 1000000 } ] }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    @TempDir
    Path folder;

    private static String good(int n) {
        return CONFIG.formatted(n % 2 == 0 ? "a" : "b", n % 2 == 0 ? "c" : "d");
    }

    @Test
    void no_call_fails_whatever_is_reloaded() throws Exception {
        try (ReloadedGateway gateway = new ReloadedGateway(folder, good(0), Map.of())) {
            Semaphore room = new Semaphore(AT_ONCE);
            AtomicInteger answered = new AtomicInteger();
            AtomicInteger reloaded = new AtomicInteger();
            List<CompletableFuture<String>> calls = new ArrayList<>();
            Thread operator = Thread.startVirtualThread(() -> reload(gateway, reloaded, answered));
            for (int n = 0; n < LEAST || reloaded.get() < RELOADS; n++) {
                room.acquire();
                boolean stream = n % 2 == 0;
                calls.add(gateway.client
                        .sendAsync(
                                gateway.chat(n % 3 == 0 ? "auto" : "tier:mid", stream),
                                HttpResponse.BodyHandlers.ofString())
                        .thenApply(answer -> problem(answer, stream))
                        .exceptionally(Throwable::toString)
                        .whenComplete((done, failed) -> {
                            answered.incrementAndGet();
                            room.release();
                        }));
                assertThat(operator.isAlive() || reloaded.get() == RELOADS)
                        .as("reloading goes on")
                        .isTrue();
            }
            operator.join();

            List<String> problems = calls.stream()
                    .map(call -> call.orTimeout(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .join())
                    .filter(problem -> !problem.isEmpty())
                    .toList();
            assertThat(problems).as("of %d calls", calls.size()).isEmpty();
            assertThat(gateway.metric("tierway_config_reloads_total{outcome=\"applied\"}"))
                    .isEqualTo(RELOADS / 2);
            assertThat(gateway.metric("tierway_config_reloads_total{outcome=\"refused\"}"))
                    .isEqualTo(RELOADS / 2);
            assertThat(gateway.metric("tierway_config_generation")).isEqualTo(1 + RELOADS / 2);
        }
    }

    /** Good and bad files by turns, each with a few calls begun under the one before. */
    private static void reload(ReloadedGateway gateway, AtomicInteger reloaded, AtomicInteger answered) {
        try {
            for (int n = 1; n <= RELOADS; n++) {
                int before = answered.get();
                while (answered.get() < before + LEAST / RELOADS / 2) {
                    Thread.onSpinWait();
                    Thread.yield();
                }
                boolean bad = n % 2 == 0;
                String outcome = gateway.reload(bad ? good(n).replace("tier: mid", "tier: middle") : good((n + 1) / 2))
                        .path("outcome")
                        .asText();
                if (!outcome.equals(bad ? "refused" : "applied")) {
                    throw new IllegalStateException("reload " + n + " was " + outcome);
                }
                reloaded.incrementAndGet();
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Empty if it was answered whole. */
    private static String problem(HttpResponse<String> answer, boolean stream) {
        boolean whole = answer.statusCode() == 200
                && (stream
                        ? answer.body().strip().endsWith("data: [DONE]")
                                && !answer.body().contains("\"error\"")
                        : answer.body().contains("\"finish_reason\""));
        return whole ? "" : answer.statusCode() + " " + answer.body();
    }
}
