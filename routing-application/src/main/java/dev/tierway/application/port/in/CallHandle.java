package dev.tierway.application.port.in;

/** The caller's hold on a call. May be used from any thread. */
public interface CallHandle {
    String callId();

    /** The caller can take that many more events. */
    void request(long events);

    /** The client left: whatever runs upstream is cancelled. */
    void leave();

    /** Somebody with the right to do so ends it. */
    void stop(String by);
}
