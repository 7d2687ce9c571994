package dev.tierway.adapter.providers;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.call.AttemptClocks;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Attempts to test transports with. */
public final class Attempts {
    public static final ProviderId PROVIDER = new ProviderId("box");
    public static final String UPSTREAM_MODEL = "upstream-model";
    public static final long INPUT_ESTIMATE = 77;

    /** Longer than any test: a clock that must not fire. */
    public static final AttemptClocks PATIENT = clocks(60_000, 60_000, 60_000, 60_000);

    private Attempts() {}

    public static AttemptClocks clocks(long connectMillis, long firstTokenMillis, long idleMillis, long wholeMillis) {
        return new AttemptClocks(
                Duration.ofMillis(connectMillis).toNanos(),
                Duration.ofMillis(firstTokenMillis).toNanos(),
                Duration.ofMillis(idleMillis).toNanos(),
                Duration.ofMillis(wholeMillis).toNanos());
    }

    public static AttemptRequest unary(Payload payload) {
        return of(payload, false, PATIENT);
    }

    public static AttemptRequest stream(Payload payload) {
        return of(payload, true, PATIENT);
    }

    public static AttemptRequest of(Payload payload, boolean stream, AttemptClocks clocks) {
        return new AttemptRequest(
                new AttemptId("call-1", 1), "req-1", replica(), payload, stream, INPUT_ESTIMATE, clocks);
    }

    public static Payload neutral(String text) {
        return new Payload.Neutral(ChatRequest.of(text));
    }

    /** A minimal body in OpenAI's format. */
    public static Payload wire(boolean stream) {
        return wire("{\"model\":\"mid\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]"
                + (stream ? ",\"stream\":true" : "") + "}");
    }

    /** That body; usage is asked for at its end if it is a stream. */
    public static Payload wire(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int model = body.indexOf("\"mid\"");
        boolean stream = body.contains("\"stream\":true");
        WireRequest.Insertion usage = stream
                ? new WireRequest.Insertion(bytes.length - 1, ",\"stream_options\":{\"include_usage\":true}")
                : null;
        return new Payload.Wire(new WireRequest(
                WireFormat.OPENAI_CHAT,
                bytes,
                new WireRequest.Span(model, model + 5),
                null,
                usage,
                () -> ChatRequest.of("hello")));
    }

    public static Replica replica() {
        return new Replica(
                new ReplicaId("box/logical-model"),
                PROVIDER,
                new ModelId("logical-model"),
                UPSTREAM_MODEL,
                true,
                null,
                Phase.ACTIVE,
                1,
                1,
                List.of(),
                null,
                null,
                List.of(),
                Timeouts.DEFAULTS,
                CircuitSettings.DEFAULTS,
                RetrySettings.DEFAULTS,
                LearningSettings.DEFAULTS);
    }
}
