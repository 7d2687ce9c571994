package dev.tierway.bootstrap.trace;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.application.port.out.RoutingListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows calls for whoever watches traces. Off, it is nowhere in a call's way. */
public interface CallTracing extends AutoCloseable {
    /** Nothing is traced. */
    CallTracing OFF = new CallTracing() {
        @Override
        public CallAddress calls(CallAddress inner) {
            return inner;
        }

        @Override
        public ProviderTransports transports(ProviderTransports inner) {
            return inner;
        }

        @Override
        public List<RoutingListener> listeners() {
            return List.of();
        }

        @Override
        public @Nullable String traceId(String callId) {
            return null;
        }

        @Override
        public void close() {}
    };

    /** The same calls, begun below their caller's span. */
    CallAddress calls(CallAddress inner);

    /** The same transports, whose attempts have spans. */
    ProviderTransports transports(ProviderTransports inner);

    /** To be told last: others ask for trace ids while they hear of a call's end. */
    List<RoutingListener> listeners();

    /** The trace a running call belongs to; null if it has none. For logs: events of many calls share their threads. */
    @Nullable
    String traceId(String callId);

    /** Sends what isn't sent yet. */
    @Override
    void close();
}
