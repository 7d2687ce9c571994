package dev.tierway.application.port.out;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers kept for requests that come again. What it loses costs money, never correctness. */
public interface ResponseCache extends AutoCloseable {
    /** Never blocks. Fails if the store doesn't answer in its time. */
    CompletionStage<Optional<CachedAnswer>> find(String key);

    /** Never blocks. */
    CompletionStage<@Nullable Void> keep(String key, CachedAnswer answer, Duration lasting);

    @Override
    void close();
}
