package dev.tierway.application.port.out;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hears that a store of limits has lost what it had acknowledged: another server took over before everything had reached it, or it
 * began from an old copy, or with nothing. What this instance remembered the store has put back by itself; the account book may
 * know more.
 */
public interface LostUsage {
    /** For who has no account book to ask. */
    LostUsage UNHEARD = loss -> CompletableFuture.completedStage(null);

    /** Completes when it has been seen to; told again a while later if that fails. */
    CompletionStage<@Nullable Void> lost(UsageLoss loss);
}
