package dev.tierway.adapter.http.server;

/** A server can't listen where it was told to: the port is in use, reserved, or the address isn't this machine's. */
public final class PortUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int port;

    PortUnavailableException(String host, int port, Throwable cause) {
        super(
                "cannot listen on " + host + ":" + port + " (" + cause.getMessage()
                        + "); stop what uses the port, or choose another one",
                cause);
        this.port = port;
    }

    /** The one it can't listen on. */
    public int port() {
        return port;
    }
}
