package dev.tierway.bootstrap.trace;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.ProviderId;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One span per call, one per attempt below it, named after OpenTelemetry's conventions for generative AI. Never what was
 * asked or answered.
 */
public final class OpenTelemetryTracing implements CallTracing {
    private static final String SCOPE = "dev.tierway";

    private final CallSpans spans;
    private final boolean acceptParent;
    private final boolean propagate;
    private final Runnable close;

    /**
     * @param names of providers' vendors, in the conventions' words
     * @param acceptParent whether a client's {@code traceparent} is followed
     * @param propagate whether vendors get one
     * @param close what ends with it
     */
    public OpenTelemetryTracing(
            TracerProvider tracers,
            Function<ProviderId, String> names,
            boolean acceptParent,
            boolean propagate,
            Runnable close) {
        Tracer tracer = tracers.get(SCOPE);
        this.spans = new CallSpans(tracer, names);
        this.acceptParent = acceptParent;
        this.propagate = propagate;
        this.close = close;
    }

    @Override
    public CallAddress calls(CallAddress inner) {
        return acceptParent ? new ParentedCalls(inner) : inner;
    }

    @Override
    public ProviderTransports transports(ProviderTransports inner) {
        return new TracedTransports(inner, spans, propagate);
    }

    @Override
    public List<RoutingListener> listeners() {
        return List.of(spans);
    }

    @Override
    public @Nullable String traceId(String callId) {
        return spans.traceId(callId);
    }

    @Override
    public void close() {
        close.run();
    }
}
