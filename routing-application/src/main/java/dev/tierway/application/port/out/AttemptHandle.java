package dev.tierway.application.port.out;

/** The driver's hold on an attempt in flight. Both may be called from any thread. */
public interface AttemptHandle {
    /**
     * The caller can take that many more events. Unary replies come without being asked for; streams pause at zero, and
     * their idle clock with them.
     */
    void request(long events);

    /**
     * Stops the attempt and closes its connection. The sink still hears how it ended: {@code failed} with class
     * CANCELLED and the usage seen, or {@code end} if the reply was already complete.
     */
    void cancel();
}
