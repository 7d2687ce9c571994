package dev.tierway.application.keys;

import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.StoredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys and the trail of several instances, in memory; fails when told to. */
final class FakeKeyStore implements ApiKeyStore, AuditLog {
    private final List<NumberedKey> keys = new ArrayList<>();
    private final List<AuditEntry> trail = new ArrayList<>();
    private final Map<String, Long> lastUses = new HashMap<>();
    private @Nullable RuntimeException broken;
    private @Nullable Runnable before;
    private int uses;
    private long last;

    void breakWith(@Nullable RuntimeException why) {
        broken = why;
    }

    /** Happens once, before the next change. */
    void beforePut(Runnable what) {
        before = what;
    }

    String everything() {
        return keys + " " + trail;
    }

    List<String> trail() {
        return trail.stream()
                .map(one ->
                        one.author() + " " + one.value() + " " + one.scope() + " " + one.id() + " at " + one.instance())
                .toList();
    }

    /** How often last uses were written. */
    int uses() {
        return uses;
    }

    private <T> CompletionStage<T> when(Supplier<T> work) {
        return broken == null ? CompletableFuture.completedStage(work.get()) : CompletableFuture.failedStage(broken);
    }

    @Override
    public CompletionStage<Optional<Long>> put(StoredKey key, long was) {
        Runnable first = before;
        before = null;
        if (first != null) {
            first.run();
        }
        return when(() -> {
            long known = keys.stream()
                    .filter(one -> one.key().id().equals(key.id()))
                    .mapToLong(NumberedKey::number)
                    .findFirst()
                    .orElse(0);
            if (known != was) {
                return Optional.empty();
            }
            keys.removeIf(one -> one.number() == was);
            keys.add(new NumberedKey(++last, key));
            return Optional.of(last);
        });
    }

    @Override
    public CompletionStage<List<NumberedKey>> after(long number) {
        return when(() -> keys.stream().filter(one -> one.number() > number).toList());
    }

    @Override
    public CompletionStage<@Nullable Void> used(Map<String, Long> epochMillisById) {
        return when(() -> {
            uses++;
            lastUses.putAll(epochMillisById);
            return null;
        });
    }

    @Override
    public CompletionStage<Map<String, Long>> lastUses() {
        return when(() -> Map.copyOf(lastUses));
    }

    @Override
    public CompletionStage<@Nullable Void> append(AuditEntry entry) {
        return when(() -> {
            trail.add(entry);
            return null;
        });
    }

    @Override
    public CompletionStage<List<AuditEntry>> latest(int limit) {
        return when(() -> trail.reversed().stream().limit(limit).toList());
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
