package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.QuotaStore;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A quota store elsewhere, shared by several instances: it may be slow or gone. No method but {@link #close()} waits. */
public interface RemoteQuotaStore extends QuotaStore {
    /** Completes if the server answers. */
    CompletionStage<@Nullable Void> ping();

    /** How many instances share it, this one among them; as last known, at least 1. */
    int liveInstances();
}
