package dev.tierway.simulation.trace;

/** A trace can't be read. Its message is for people: file, line, what is wrong, what was expected. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TraceException(String message) {
        super(message);
    }

    TraceException(String message, Throwable cause) {
        super(message, cause);
    }

    static TraceException at(String name, int line, String problem) {
        return new TraceException(name + ":" + line + ": " + problem);
    }
}
