package dev.tierway.application.port.out;

import java.util.concurrent.CompletionStage;

/** Asks a vendor what an account has left. Calls no model; nothing is billed. */
public interface AccountProbe extends AutoCloseable {
    /**
     * Asks once. Never throws and never blocks; completes within the probe's own timeout, on any thread. What goes wrong is
     * an answer too; completing exceptionally is an error of the probe's own.
     */
    CompletionStage<AccountAnswer> ask();

    /** Frees connections; probes under way fail. */
    @Override
    void close();
}
