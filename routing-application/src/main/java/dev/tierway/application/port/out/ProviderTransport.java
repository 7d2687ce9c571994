package dev.tierway.application.port.out;

/** How one provider is spoken to: an account at a vendor, or a local server. */
public interface ProviderTransport extends AutoCloseable {
    /**
     * Opens an attempt. Never throws and never blocks; everything that goes wrong reaches the sink. If the payload is
     * {@link Payload.Wire} in a format this provider speaks, the reply comes as {@link ReplyEvent.Frame}s of that
     * format; otherwise as neutral events.
     */
    AttemptHandle open(AttemptRequest request, AttemptSink sink);

    /** Ends attempts in flight and frees connections. */
    @Override
    void close();
}
