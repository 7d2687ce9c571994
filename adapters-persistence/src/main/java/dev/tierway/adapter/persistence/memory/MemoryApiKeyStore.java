package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.StoredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** API keys, gone with the process. */
public final class MemoryApiKeyStore implements ApiKeyStore {
    private final List<NumberedKey> ascending = new ArrayList<>();
    private final Map<String, Long> uses = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long last;

    @Override
    public CompletionStage<Optional<Long>> put(StoredKey key, long was) {
        lock.lock();
        try {
            long known = ascending.stream()
                    .filter(one -> one.key().id().equals(key.id()))
                    .mapToLong(NumberedKey::number)
                    .findFirst()
                    .orElse(0);
            if (known != was) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            ascending.removeIf(one -> one.number() == was);
            last++;
            ascending.add(new NumberedKey(last, key));
            return CompletableFuture.completedFuture(Optional.of(last));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<List<NumberedKey>> after(long number) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(
                    ascending.stream().filter(one -> one.number() > number).toList());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<@Nullable Void> used(Map<String, Long> epochMillisById) {
        lock.lock();
        try {
            epochMillisById.forEach((id, at) -> uses.merge(id, at, Math::max));
            return CompletableFuture.completedFuture(null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Map<String, Long>> lastUses() {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(Map.copyOf(uses));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
