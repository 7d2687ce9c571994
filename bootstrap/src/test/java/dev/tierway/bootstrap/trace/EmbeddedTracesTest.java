package dev.tierway.bootstrap.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.Tierway;
import dev.tierway.TierwayBuilder;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An embedder's own OpenTelemetry object. */
final class EmbeddedTracesTest {
    private static final String CONFIG = """
        providers: [ { id: s, kind: simulated } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: s } ] } ]
        """;

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> spans) {
                    ended.addAll(spans);
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            }))
            .build();

    private final OpenTelemetry telemetry = new OpenTelemetry() {
        @Override
        public TracerProvider getTracerProvider() {
            return tracers;
        }

        @Override
        public ContextPropagators getPropagators() {
            return ContextPropagators.noop();
        }
    };

    private TierwayBuilder builder() {
        return Tierway.builder().config(CONFIG).openTelemetry(telemetry);
    }

    private SpanData named(String name) {
        return ended.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_call_is_below_the_callers_current_span_and_its_attempt_below_it() {
        Span own = tracers.get("test").spanBuilder("own").startSpan();
        try (Tierway tierway = builder().build();
                Scope current = own.makeCurrent()) {
            tierway.call(Target.parse("m"), ChatRequest.of("hi"), CallOptions.NONE);
        }
        assertThat(ended).hasSize(2).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(own.getSpanContext().getTraceId());
            assertThat(span.hasEnded()).isTrue();
        });
        SpanData attempt = ended.stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .findFirst()
                .orElseThrow();
        SpanData call = named("chat m").equals(attempt)
                ? ended.stream()
                        .filter(span -> !span.equals(attempt))
                        .findFirst()
                        .orElseThrow()
                : named("chat m");
        assertThat(call.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(call.getParentSpanId()).isEqualTo(own.getSpanContext().getSpanId());
        assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
    }

    @Test
    void nothing_of_a_call_that_ended_is_kept() {
        CallSpans spans = new CallSpans(tracers.get("test"), Object::toString);
        assertThat(spans.open()).isZero();
        assertThat(spans.traceId("dec_1")).isNull();
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(tracers, Object::toString, true, false, () -> {});
        try (Tierway tierway = Tierway.builder()
                .config(CONFIG)
                .listener(tracing.listeners().getFirst())
                .build()) {
            tierway.call(Target.parse("m"), ChatRequest.of("hi"), CallOptions.NONE);
        }
        assertThat(((CallSpans) tracing.listeners().getFirst()).open()).isZero();
    }

    @Test
    void traces_cannot_go_to_two_places() {
        TierwayBuilder both = Tierway.builder()
                .config(CONFIG + "observability: { traces: { endpoint: \"http://127.0.0.1:1\" } }")
                .openTelemetry(telemetry);

        assertThatThrownBy(both::build).hasMessageContaining("observability.traces");
    }
}
