package dev.tierway.bootstrap.demo;

import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.adapter.providers.simulated.When;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;

/** Three vendors on the loopback interface, with event loops of their own: to the gateway they are somewhere else. */
final class DemoVendors implements AutoCloseable {
    private static final long SEED = 7;
    private static final int OUTPUT_TOKENS = 24;
    /** The spilling call is the first this one gets; later ones show it again. */
    private static final int REFUSES_EVERY = 4;

    private final Vertx vertx;
    private final SimulatedServer east;
    private final SimulatedServer west;
    private final SimulatedServer home;

    DemoVendors() {
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        east = start("east", answering(60, 12));
        west = start("west", answering(180, 25));
        ScriptedFault busy = ScriptedFault.status(429).header("retry-after", "2");
        home = start(
                "home", answering(30, 20).fault(busy.on(When.nth(1))).fault(busy.on(new When.Every(REFUSES_EVERY))));
    }

    private static SimulatedScript answering(long ttftMillis, long perTokenMillis) {
        return SimulatedScript.HEALTHY
                .seed(SEED)
                .latency(Duration.ofMillis(ttftMillis), Duration.ofMillis(perTokenMillis))
                .outputTokens(OUTPUT_TOKENS)
                .text("Hello from {model} at {where}! You said: {prompt}");
    }

    private SimulatedServer start(String name, SimulatedScript script) {
        return SimulatedServer.start(vertx, name, new ScriptBook(script)).join();
    }

    /** The configuration of a gateway in front of them. */
    String config(int apiPort, int adminPort) {
        return """
            # What `tierway demo` runs on. The providers are simulated, on loopback ports of this machine.
            providers:
              - { id: east, kind: openai-compatible, base-url: %s }   # fast and dear
              - { id: west, kind: openai-compatible, base-url: %s }   # slow and cheap
              - { id: home, kind: openai-compatible, base-url: %s, local: true }
            models:
              - id: demo-mid
                tier: mid
                use-cases: [chat, code]
                capabilities: [tools, json]
                context-window: 128000
                max-output-tokens: 4096
                replicas:
                  - { provider: east, price: { input: 3.00, output: 15.00 } }
                  - { provider: west, price: { input: 2.00, output: 10.00 } }
              - id: demo-coder
                tier: mid
                use-cases: [code]
                capabilities: [tools, json]
                context-window: 128000
                max-output-tokens: 4096
                replicas:
                  - { provider: west, price: { input: 1.50, output: 9.00 } }
              - id: demo-small
                tier: small
                use-cases: [chat]
                capabilities: [tools, json]
                context-window: 32000
                max-output-tokens: 4096
                replicas:
                  - { provider: home }                                # local: no price is free
                  - { provider: east, price: { input: 0.15, output: 0.60 } }
            routes:
              default: tier:mid/chat
              fast: tier:small/chat
            server: { bind: 127.0.0.1, port: %d, admin: { port: %d } }
            """.formatted(east.baseUrl(), west.baseUrl(), home.baseUrl(), apiPort, adminPort);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
