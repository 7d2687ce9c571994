package dev.tierway.bootstrap.cli.remote;

/** A gateway can't be asked, or answered with an error. Its message is for people: what is wrong, and what to do. */
public final class RemoteFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    RemoteFailure(String message) {
        super(message);
    }

    RemoteFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
