package dev.tierway.bootstrap.cli;

/** A command can't do what it was asked to. Its message is for people: what is wrong, and what to do. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
