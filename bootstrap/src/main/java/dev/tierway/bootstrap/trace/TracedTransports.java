package dev.tierway.bootstrap.trace;

import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins an attempt's span when it is opened; if that is wanted, the vendor is told which it is. */
final class TracedTransports implements ProviderTransports {
    private static final String HEADER = "traceparent";

    private final ProviderTransports inner;
    private final CallSpans spans;
    private final boolean propagate;

    TracedTransports(ProviderTransports inner, CallSpans spans, boolean propagate) {
        this.inner = inner;
        this.spans = spans;
        this.propagate = propagate;
    }

    @Override
    public ProviderTransport of(ProviderId provider) {
        return new Traced(inner.of(provider));
    }

    @Override
    public Held hold() {
        Held held = inner.hold();
        return new Held() {
            @Override
            public ProviderTransport of(ProviderId provider) {
                return new Traced(held.of(provider));
            }

            @Override
            public void letGo() {
                held.letGo();
            }
        };
    }

    private final class Traced implements ProviderTransport {
        private final ProviderTransport transport;

        private Traced(ProviderTransport transport) {
            this.transport = transport;
        }

        @Override
        public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
            String traceparent = spans.opened(request);
            return transport.open(propagate ? with(request, traceparent) : request, sink);
        }

        private static AttemptRequest with(AttemptRequest request, @Nullable String traceparent) {
            if (traceparent == null) {
                return request;
            }
            Map<String, String> headers = new LinkedHashMap<>(request.headers());
            headers.put(HEADER, traceparent);
            return request.with(request.payload(), headers);
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
