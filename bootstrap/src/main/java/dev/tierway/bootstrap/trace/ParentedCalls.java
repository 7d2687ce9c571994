package dev.tierway.bootstrap.trace;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.in.RequestDetails;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins a call below the span its caller names in {@code traceparent}; without one, below the thread's current span. */
final class ParentedCalls implements CallAddress {
    private static final String HEADER = "traceparent";
    private static final TextMapGetter<RequestDetails> DETAILS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(RequestDetails details) {
            return List.of(HEADER, "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable RequestDetails details, String key) {
            return details == null ? null : details.header(key);
        }
    };

    private final CallAddress inner;

    ParentedCalls(CallAddress inner) {
        this.inner = inner;
    }

    @Override
    public CallHandle call(CallCommand command, ReplySink sink) {
        if (command.details().header(HEADER) == null) {
            return inner.call(command, sink);
        }
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.current(), command.details(), DETAILS);
        // The call's beginning is told on this thread, before it goes to its own.
        try (Scope current = parent.makeCurrent()) {
            return inner.call(command, sink);
        }
    }
}
