package dev.tierway.application.port.out;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who changed what, when and why. Entries are only ever added. */
public interface AuditLog extends AutoCloseable {
    /** Completes once it is durable. */
    CompletionStage<@Nullable Void> append(AuditEntry entry);

    /** Newest first; at most {@code limit}, which is 1 or more. */
    CompletionStage<List<AuditEntry>> latest(int limit);

    @Override
    void close();
}
