package dev.tierway.adapter.providers;

import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.ProviderTransport;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A transport whose far end follows a script. */
public abstract class TransportBench {
    protected static Vertx vertx;
    protected final ScriptBook scripts = new ScriptBook(SimulatedScript.HEALTHY);
    protected ProviderTransport transport;

    /** A transport whose far end follows {@link #scripts}. */
    protected abstract ProviderTransport create() throws Exception;

    /** Whether its streams begin with what the input takes, so that it is known whatever comes of them. */
    protected boolean tellsInputFirst() {
        return false;
    }

    /** Input tokens of an attempt that didn't come to its end, asked for with one word. */
    protected final long inputOfBroken() {
        return tellsInputFirst() ? 4 : Attempts.INPUT_ESTIMATE;
    }

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @BeforeEach
    void open() throws Exception {
        transport = create();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    /** Opens the attempt and takes all it gives. */
    protected RecordingSink run(AttemptRequest attempt) {
        RecordingSink sink = new RecordingSink();
        transport.open(attempt, sink).request(Long.MAX_VALUE);
        return sink;
    }
}
