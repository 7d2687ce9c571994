package dev.tierway.bootstrap.cli.conformance;

/** An answer isn't what was asked for. Its message is the reason, for people. */
final class Unfulfilled extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfulfilled(String reason) {
        super(reason);
    }

    static void unless(boolean fulfilled, String reason) {
        if (!fulfilled) {
            throw new Unfulfilled(reason);
        }
    }
}
